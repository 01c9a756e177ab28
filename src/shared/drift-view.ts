import type { OpenMove } from './contract'
import { comparedAt, driftVerdict } from './drift'
import { localClock } from './drift-schedule-words'
import type { StationView } from './journey'

const id = 'drift'

/** A due time that nothing answered for, and after which nothing was compared. */
const notKept = ({ drift, move, driftSchedule: { last } }: OpenMove): StationView | null => {
  if (!move.driftSchedule || !last || (drift.kind === 'done' && comparedAt(drift) >= last.dueAt)) return null
  const words: Partial<Record<typeof last.end.kind, string>> = {
    missed: 'missed',
    skipped: 'left out',
    failed: 'failed',
    'broken-off': 'broken off'
  }
  const word = words[last.end.kind]
  return word === undefined
    ? null
    : { id, state: 'attention', line: `${word} at ${localClock(last.dueAt)}`, at: last.dueAt }
}

/** The drift station on the rail: what is known of the data, and whether that came by itself. */
export const driftView = (open: OpenMove, now: number): StationView => {
  const view = known(open, now)
  const { now: going } = open.driftSchedule
  // What is wrong is said before what waits.
  if (going?.kind !== 'waiting' || view.state === 'attention' || view.state === 'stopped') return view
  return { ...view, state: view.state === 'none' ? 'progress' : view.state, line: 'due, waits', at: going.dueAt }
}

const known = (open: OpenMove, now: number): StationView => {
  const state = open.drift
  const { last } = open.driftSchedule
  if (state.kind === 'running')
    return {
      id,
      state: 'progress',
      line: `${state.progress.doneTables} of ${state.progress.totalTables} tables`,
      at: null
    }
  if (state.kind === 'failed') return { id, state: 'stopped', line: 'comparison failed', at: state.at }
  if (state.kind === 'never') return notKept(open) ?? { id, state: 'none', line: 'not compared yet', at: null }
  const verdict = driftVerdict(state)
  if (verdict === 'differs') return { id, state: 'attention', line: 'the sites differ', at: state.at }
  if (verdict === 'inconclusive') return { id, state: 'attention', line: 'inconclusive', at: state.at }
  const at = comparedAt(state)
  const stale = now - at > open.move.thresholds.driftMaxAgeMinutes * 60_000
  if (stale) return notKept(open) ?? { id, state: 'attention', line: 'equal, too old', at }
  const byItself = last?.end.kind === 'compared' && last.end.id === state.id
  return { id, state: 'done', line: byItself ? 'equal, by itself' : 'equal', at }
}
