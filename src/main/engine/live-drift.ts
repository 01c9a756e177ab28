import type { DriftState, PlannedStatement, RowDifference } from '../../shared/drift'
import type { DriftWish } from '../../shared/drift-wish'
import { fail } from '../../shared/failure'
import { databasePair, type Move } from '../../shared/move'
import { certifyPlan } from '../drift/certify-plan'
import type { DriftKeepsake } from '../drift/keepsake'
import { type DriftRun, startDrift } from '../drift/run-drift'
import type { Reach } from '../reach/reach'

/** What a comparison leaves on disk for the next session of the app. */
export interface DriftLeft {
  keepsake: DriftKeepsake | null
  /** An applier that was stopped for a snapshot and may still be. */
  stopped: { server: string; statement: string } | null
}

export interface LiveDriftDeps {
  reach: Reach
  move(): Move
  /** The verdict kept from an earlier session. */
  last: DriftState | null
  onState(state: DriftState): void
  keep(state: DriftState): Promise<void>
  /** Where findings are kept while a comparison runs; both are left out by tests. */
  left?: { read(): Promise<DriftLeft | null>; write(left: DriftLeft): Promise<void> }
  signal: AbortSignal
}

/** The comparison of one opened move: at most one at a time, its verdict kept in the journal. */
export interface LiveDrift {
  state(): DriftState
  start(wish?: DriftWish): Promise<DriftState>
  /** What certifying would send beside reads. */
  plan(lock: boolean): Promise<PlannedStatement[]>
  stop(): void
  pause(): void
  resume(): void
  rows(schema: string, table: string, limit: number): RowDifference[]
}

const planMs = 30_000

const pairOf = (move: Move) => {
  const pair = databasePair(move)
  if (pair) return pair
  throw fail('not-found', 'The move has no pair of databases to compare.', {
    try: ['Pair the old and the new database on Topology.']
  })
}

export const makeLiveDrift = (deps: LiveDriftDeps): LiveDrift => {
  let state: DriftState = deps.last ?? { kind: 'never' }
  let run: DriftRun | null = null
  let stopper: AbortController | null = null
  let left: DriftLeft | null = null
  let writing: Promise<void> = Promise.resolve()
  const set = (next: DriftState): void => {
    state = next
    deps.onState(next)
  }
  const write = (change: Partial<DriftLeft>): void => {
    left = { keepsake: null, stopped: null, ...left, ...change }
    const whole = left
    // What cannot be written is only missed after a crash; the comparison itself goes on.
    writing = writing.then(() => deps.left?.write(whole)).catch(() => {})
  }
  /** A session of the app that ended while the applier stood still left it so. */
  const startApplier = async (): Promise<void> => {
    if (!left?.stopped) return
    const { server, statement } = left.stopped
    const session = await deps.reach.openSession(server, 'drift')
    try {
      await session.query(statement)
    } finally {
      await session.close()
    }
    write({ stopped: null })
  }
  return {
    state: () => state,
    start: async (wish = {}) => {
      const move = deps.move()
      const pair = pairOf(move)
      if (state.kind === 'running') return state
      const previous = state
      stopper = new AbortController()
      const signal = AbortSignal.any([stopper.signal, deps.signal])
      // A second start while the findings are read finds this one running.
      const at = Date.now()
      state = { kind: 'running', id: '', since: at, at, progress: nothingYet, tables: [], objects: [] }
      left ??= (await deps.left?.read().catch(() => null)) ?? null
      await startApplier().catch(() => {})
      run = startDrift({
        reach: deps.reach,
        move,
        oldServer: pair.old.id,
        newServer: pair.new.id,
        previous,
        signal,
        onChange: set,
        wish,
        kept: left?.keepsake ?? null,
        keep: (keepsake) => write({ keepsake }),
        onApplierStopped: (stopped) => write({ stopped })
      })
      const done = await run.done
      await writing
      if (done.kind === 'done') await deps.keep(done)
      set(done)
      return done
    },
    plan: async (lock) => {
      const pair = pairOf(deps.move())
      const signal = AbortSignal.any([deps.signal, AbortSignal.timeout(planMs)])
      return certifyPlan({ reach: deps.reach, oldServer: pair.old.id, newServer: pair.new.id, signal }, lock)
    },
    stop: () => stopper?.abort(),
    pause: () => run?.pause(),
    resume: () => run?.resume(),
    rows: (schema, table, limit) => run?.rowsOf(schema, table).slice(0, limit) ?? []
  }
}

const nothingYet = { doneTables: 0, totalTables: 0, doneRows: 0, totalRows: 0, rowsPerSecond: 0, etaSeconds: null }
