import type { EventName, Events } from '../../shared/contract'
import type { DriftState } from '../../shared/drift'
import type { News } from '../../shared/drift-schedule-words'
import type { JournalEntry } from '../../shared/journal'
import type { Move } from '../../shared/move'
import type { Reach } from '../reach/reach'
import type { Moves } from '../store/moves'
import { driftLeft } from './drift-left'
import { type DriftTimer, type KeptDriftSchedule, makeDriftTimer } from './drift-schedule'
import { keptNames, lastKept } from './kept-documents'
import { type LiveDrift, makeLiveDrift } from './live-drift'
import type { RunDesk } from './run-desk'

export interface MoveDriftDeps {
  moves: Moves
  moveId: string
  reach: Reach
  move(): Move
  entries: readonly JournalEntry[]
  keep(name: string, document: unknown): Promise<unknown>
  desk(): Pick<RunDesk, 'isBusy' | 'runs'>
  emit<Name extends EventName>(name: Name, payload: Events[Name]): void
  tell?(news: News): void
  now?(): number
  signal: AbortSignal
}

const goingOn = ['running', 'waiting', 'aborting']

/** The comparison of an opened move, and what starts it by itself. */
export const makeMoveDrift = (deps: MoveDriftDeps): { drift: LiveDrift; timer: DriftTimer } => {
  const { moves, moveId, reach, move, entries, keep, desk, emit, signal } = deps
  const drift = makeLiveDrift({
    reach,
    move,
    last: lastKept<DriftState>(entries, keptNames.drift),
    onState: (state) => emit('drift', { moveId, drift: state }),
    keep: async (state) => {
      await keep(keptNames.drift, state)
    },
    left: driftLeft(moves.pathOf(moveId, 'drift.json')),
    signal
  })
  const timer = makeDriftTimer({
    move,
    drift,
    busyWith: () => {
      if (!desk().isBusy()) return null
      return (
        desk()
          .runs()
          .find(({ state }) => goingOn.includes(state.kind))?.title ?? 'a run'
      )
    },
    kept: lastKept<KeptDriftSchedule>(entries, keptNames.driftSchedule),
    keep: (kept) => keep(keptNames.driftSchedule, kept),
    onState: (driftSchedule) => emit('driftSchedule', { moveId, driftSchedule }),
    tell: (news) => deps.tell?.(news),
    signal,
    ...(deps.now ? { now: deps.now } : {})
  })
  return { drift, timer }
}
