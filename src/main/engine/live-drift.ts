import type { DriftState, RowDifference } from '../../shared/drift'
import { fail } from '../../shared/failure'
import { databasePair, type Move } from '../../shared/move'
import { type DriftRun, startDrift } from '../drift/run-drift'
import type { Reach } from '../reach/reach'

export interface LiveDriftDeps {
  reach: Reach
  move(): Move
  /** The verdict kept from an earlier session. */
  last: DriftState | null
  onState(state: DriftState): void
  keep(state: DriftState): Promise<void>
  signal: AbortSignal
}

/** The comparison of one opened move: at most one at a time, its verdict kept in the journal. */
export interface LiveDrift {
  state(): DriftState
  start(): Promise<DriftState>
  stop(): void
  rows(schema: string, table: string, limit: number): RowDifference[]
}

export const makeLiveDrift = (deps: LiveDriftDeps): LiveDrift => {
  let state: DriftState = deps.last ?? { kind: 'never' }
  let run: DriftRun | null = null
  let stopper: AbortController | null = null
  const set = (next: DriftState): void => {
    state = next
    deps.onState(next)
  }
  return {
    state: () => state,
    start: async () => {
      const move = deps.move()
      const pair = databasePair(move)
      if (!pair)
        throw fail('not-found', 'The move has no pair of databases to compare.', {
          try: ['Pair the old and the new database on Topology.']
        })
      if (state.kind === 'running') return state
      stopper = new AbortController()
      run = startDrift({
        reach: deps.reach,
        move,
        oldServer: pair.old.id,
        newServer: pair.new.id,
        previous: state,
        signal: AbortSignal.any([stopper.signal, deps.signal]),
        onChange: set
      })
      const done = await run.done
      if (done.kind === 'done') await deps.keep(done)
      set(done)
      return done
    },
    stop: () => stopper?.abort(),
    rows: (schema, table, limit) => run?.rowsOf(schema, table).slice(0, limit) ?? []
  }
}
