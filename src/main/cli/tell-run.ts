import type { Run, StepRun } from '../../shared/runbook'
import { duration } from '../report/plain-format'
import { failureText, plain, showProgress, tell } from './print'

const stepLine = (step: StepRun): string => {
  const isDone = step.state === 'done'
  const time = isDone && step.ms !== null ? duration(step.ms) : ''
  const evidence = (isDone || step.state === 'undone') && step.evidence ? `\n${' '.repeat(20)}${step.evidence}` : ''
  return `${step.state.padEnd(8)} ${time.padStart(10)} ${step.title}${evidence}`
}

const progressText = ({ title, progress }: StepRun): string | null => {
  if (!progress) return null
  const share =
    progress.done !== null && progress.total ? ` ${Math.floor((100 * progress.done) / progress.total)} %` : ''
  const left = progress.etaSeconds === null ? '' : `, about ${duration(progress.etaSeconds * 1000)} left`
  return `${title}:${share} ${progress.text}${left}`
}

/** Tells each change of a step once. What earlier parts of these runs have told is not told again. */
export const stepTeller = (before: readonly Run[]): ((run: Run) => void) => {
  const told = new Map<string, string>()
  const key = (run: Run, step: StepRun) => `${run.id}/${step.id}`
  for (const run of before) for (const step of run.steps) told.set(key(run, step), step.state)
  let notes = new Map(before.map((run) => [run.id, run.notes.length]))
  return (run) => {
    for (const step of run.steps) {
      const text = step.state === 'running' ? progressText(step) : null
      if (text) showProgress(text)
      if (told.get(key(run, step)) === step.state || step.state === 'todo') continue
      told.set(key(run, step), step.state)
      // A step that runs is on the progress line of a terminal; a log needs its end only.
      if (step.state === 'running') showProgress(`${step.title} …`)
      else if (step.state !== 'undoing') tell(plain(stepLine(step)))
      if (step.failure && step.state === 'failed') tell(failureText(step.failure, ' '.repeat(20)))
    }
    for (const note of run.notes.slice(notes.get(run.id) ?? 0)) tell(plain(`note                ${note}`))
    notes = new Map(notes).set(run.id, run.notes.length)
  }
}
