import type { Run, RunState } from '../../../shared/runbook'
import type { ChipTone } from '../../parts/chip'

type Kind = RunState['kind']

const words: Record<Kind, string> = {
  running: 'running',
  waiting: 'waits for you',
  failed: 'failed',
  halted: 'halted',
  aborting: 'putting back',
  aborted: 'aborted',
  interrupted: 'interrupted',
  done: 'done',
  undone: 'undone'
}
const tones: Record<Kind, ChipTone> = {
  running: 'info',
  waiting: 'att',
  failed: 'dan',
  halted: 'dan',
  aborting: 'att',
  aborted: 'unk',
  interrupted: 'att',
  done: 'ok',
  undone: 'unk'
}

/** The word and tint of a run's state. */
export const runWord = (run: Run): { word: string; tone: ChipTone } => ({
  word: words[run.state.kind],
  tone: tones[run.state.kind]
})

/** It goes on now: its steps change while one looks. */
export const isUnderWay = (run: Run | null): boolean =>
  run !== null && ['running', 'waiting', 'aborting'].includes(run.state.kind)

/** The point of no return has been reached: its step was begun and not taken back. */
export const passedPoint = (run: Run): boolean => {
  const index = run.steps.findIndex((step) => step.pointOfNoReturn)
  return index >= 0 && run.steps.slice(index).some((step) => step.state !== 'todo' && step.state !== 'undone')
}

/** Steps done of all. */
export const stepsDone = (run: Run): number => run.steps.filter((step) => step.state === 'done').length
