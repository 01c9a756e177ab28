import { isTakenUp, type Run, type StepRun } from '../../../shared/runbook'
import { isUnderWay, passedPoint } from '../runbook/run-words'

/** Where the cutover stands, as far as the runs tell. */
export type CutoverPhase =
  /** Nothing goes on: gates, rehearsals, go. `after` was put back, or ended without switching. */
  | { kind: 'plan'; after: Run | null }
  | { kind: 'preparing'; run: Run }
  /** Writes wait, or begin to: `since` is when the hold was granted, else when it was asked for. */
  | { kind: 'held'; run: Run; since: number; granted: boolean }
  | { kind: 'thrown'; run: Run; since: number | null }
  | { kind: 'aborting'; run: Run }
  /** Halted, interrupted, failed before the promotion was observed, or just being taken up: only observing goes on. */
  | { kind: 'stopped'; run: Run }
  /** The other side was observed to take writes; what follows is at leisure. `aborted` is a later reverse that was put back. */
  | { kind: 'promoted'; run: Run; aborted: Run | null }
  | { kind: 'finishing'; run: Run }
  | { kind: 'finished'; run: Run; switched: Run | null }

const byStart = (a: Run, b: Run): number => a.startedAt - b.startedAt
const isBack = (run: Run): boolean => run.state.kind === 'aborted' || run.state.kind === 'undone'
const stepOf = (run: Run, id: string): StepRun | undefined => run.steps.find((step) => step.id === id)
const begun = (step: StepRun | undefined): boolean =>
  step !== undefined && !['todo', 'undone', 'skipped'].includes(step.state)

/** The other side was seen to take writes in this run. */
export const isPromoted = (run: Run): boolean =>
  run.kind !== 'rehearsal' && (stepOf(run, 'observe')?.state === 'done' || run.state.kind === 'done')

/** When the hold was granted, on this computer's clock; null before. */
export const heldSince = (run: Run): number | null => {
  const learned = Number(run.facts.holdAt)
  return run.pause.holdAt ?? (run.facts.holdAt && Number.isFinite(learned) ? learned : null)
}

const live = (run: Run): CutoverPhase => {
  if (isPromoted(run)) return { kind: 'promoted', run, aborted: null }
  if (passedPoint(run)) return { kind: 'thrown', run, since: run.takenUpAt ? null : heldSince(run) }
  const hold = stepOf(run, 'hold')
  const letGo = stepOf(run, 'let-go')
  if (begun(hold) && letGo?.state !== 'done') {
    const granted = heldSince(run)
    return { kind: 'held', run, since: granted ?? hold?.startedAt ?? run.startedAt, granted: granted !== null }
  }
  return { kind: 'preparing', run }
}

const phaseOfRun = (run: Run): CutoverPhase | null => {
  switch (run.state.kind) {
    case 'running':
    case 'waiting':
      return isTakenUp(run) ? { kind: 'stopped', run } : live(run)
    case 'aborting':
      return { kind: 'aborting', run }
    case 'halted':
    case 'interrupted':
      return { kind: 'stopped', run }
    case 'failed':
      return isPromoted(run) ? { kind: 'promoted', run, aborted: null } : { kind: 'stopped', run }
    case 'done':
      return run.kind === 'rehearsal' ? null : { kind: 'promoted', run, aborted: null }
    case 'aborted':
    case 'undone':
      return null
    default:
      return run.state satisfies never
  }
}

/** The one state the station shows. Pure. */
export const cutoverPhase = (runs: readonly Run[]): CutoverPhase => {
  const all = [...runs].sort(byStart)
  const newest = (kinds: Run['kind'][], wanted: (run: Run) => boolean = () => true): Run | null =>
    all.filter((run) => kinds.includes(run.kind) && wanted(run)).at(-1) ?? null
  const switched = newest(['cutover', 'reverse'], (run) => !isBack(run))
  const finish = newest(['finish'], (run) => !isBack(run))
  if (finish && (!switched || finish.startedAt > switched.startedAt))
    return finish.state.kind === 'done'
      ? { kind: 'finished', run: finish, switched }
      : { kind: 'finishing', run: finish }
  const rehearsal = newest(['rehearsal'])
  const last = newest(['cutover', 'reverse', 'rehearsal'])
  if (rehearsal && rehearsal === last && (isUnderWay(rehearsal) || phaseOfRun(rehearsal) !== null))
    return phaseOfRun(rehearsal) ?? { kind: 'plan', after: null }
  const lastSwitch = newest(['cutover', 'reverse'])
  const back = lastSwitch && isBack(lastSwitch) ? lastSwitch : null
  const standing = switched && phaseOfRun(switched)
  if (standing?.kind === 'promoted') {
    // After a way back everything is as at the beginning: a newer rehearsal shows that somebody plans again.
    if (switched?.kind === 'reverse' && switched.state.kind === 'done' && (back || last?.kind === 'rehearsal'))
      return { kind: 'plan', after: back }
    return { ...standing, aborted: back }
  }
  if (standing) return standing
  return { kind: 'plan', after: back ?? (rehearsal === last && rehearsal && isBack(rehearsal) ? rehearsal : null) }
}

/** Finished rehearsals with their pause, oldest first. */
export const rehearsalsOf = (runs: readonly Run[]): Run[] =>
  runs.filter((run) => run.kind === 'rehearsal' && run.state.kind === 'done' && run.pause.holdMs !== null).sort(byStart)

/** Step times measured in the newest runs before this one, by step id. */
export const expectedTimes = (runs: readonly Run[], but: string): Map<string, number> => {
  const times = new Map<string, number>()
  for (const run of [...runs].sort(byStart))
    if (run.id !== but && ['rehearsal', 'cutover', 'reverse'].includes(run.kind))
      for (const step of run.steps) if (step.state === 'done' && step.ms !== null) times.set(step.id, step.ms)
  return times
}
