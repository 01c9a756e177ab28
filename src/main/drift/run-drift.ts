import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import type {
  DriftPace,
  DriftProgress,
  DriftState,
  ObjectDifference,
  RowDifference,
  TableDrift
} from '../../shared/drift'
import type { DriftWish } from '../../shared/drift-wish'
import { fail, failureOf } from '../../shared/failure'
import type { Move } from '../../shared/move'
import type { Reach } from '../reach/reach'
import { compareAccounts, readAccounts } from './accounts'
import { certifiedLanes } from './certified-lanes'
import { type CompareJob, compareJobs } from './compare-jobs'
import { comparingSchema, pairing } from './compare-schema'
import { type Following, lookAtFollowing, type Sessions } from './follow'
import { makeGovernor } from './governor'
import { type Job, makingJobs } from './jobs'
import { makeKeeping, rowsKey, takeUp } from './keeping'
import { continued, type DriftKeepsake } from './keepsake'
import { type Lanes, openLanes } from './lanes'
import { compareNumbers } from './next-numbers'
import { makePace } from './pace'
import { readSchema } from './read-schema'
import { inSlices } from './slices'
import { makeTold } from './told'
import { watchSigns } from './watch-signs'

export interface DriftOptions {
  reach: Reach
  move: Move
  /** Server ids of the pair. */
  oldServer: string
  newServer: string
  /** The comparison before this one: its verdicts stay visible until they are renewed. */
  previous: DriftState
  signal: AbortSignal
  /** Whole snapshots, at most a few per second. */
  onChange(state: DriftState): void
  wish?: DriftWish
  /** What an earlier run left. */
  kept?: DriftKeepsake | null
  /** Keeps what was found so far; null: it is complete. */
  keep?(keepsake: DriftKeepsake | null): void
  /** Told before the applier of the passive server is stopped for a snapshot, and null when it runs again. */
  onApplierStopped?(stopped: { server: string; statement: string } | null): void
}

export interface DriftRun {
  /** Never rejects: a failure is a state. */
  readonly done: Promise<DriftState>
  /** Differing rows of a table, up to 1000, kept while the app runs. */
  rowsOf(schema: string, table: string): RowDifference[]
  pause(): void
  resume(): void
}

const changeEveryMs = 250
/** Many tables, or many differences of their definitions, make a large snapshot: then it is told more seldom. */
const toldPerMs = 20
const mostLanes = 4
const followingAgainMs = 1000

/** Compares schema, accounts and data of two servers while they are in use. Only reads. */
export const startDrift = (options: DriftOptions): DriftRun => {
  const kept = new Map<string, RowDifference[]>()
  let retell: () => void = () => {}
  const governor = makeGovernor(options.wish?.pace ?? 'auto', () => retell())
  return {
    done: work(options, kept, governor, (tell) => {
      retell = tell
    }),
    rowsOf: (schema, table) => kept.get(rowsKey(schema, table)) ?? [],
    pause: governor.pause,
    resume: governor.resume
  }
}

/** `startDrift` for callers that do not look at rows. */
export const runDrift = (options: DriftOptions): Promise<DriftState> => startDrift(options).done

interface Common {
  id: string
  since: number
  progress: DriftProgress
  tables: TableDrift[]
  objects: ObjectDifference[]
}

const work = async (
  options: DriftOptions,
  kept: Map<string, RowDifference[]>,
  governor: ReturnType<typeof makeGovernor>,
  onTell: (tell: () => void) => void
): Promise<DriftState> => {
  const { signal } = options
  const wish = options.wish ?? {}
  let id: string = randomUUID()
  let since = Date.now()
  const pace = makePace()
  let objects: ObjectDifference[] = []
  let jobs: Job[] = []
  let toldAt = 0
  let lostSince: number | null = null
  const told = makeTold()
  const common = (): Common => ({ id, since, progress: pace.progress(jobs), tables: told(jobs), objects })
  const tell = (now = false): void => {
    const since = Date.now() - toldAt
    if (since < (jobs.length + objects.length) / toldPerMs || (!now && since < changeEveryMs)) return
    toldAt = Date.now()
    const going: DriftPace =
      lostSince === null ? governor.pace() : { kind: 'waiting', why: 'the line to a server was lost', since: lostSince }
    options.onChange({ kind: 'running', at: toldAt, ...common(), ...(going.kind === 'full' ? {} : { pace: going }) })
  }
  onTell(() => tell(true))
  const ending = new AbortController()
  const within = AbortSignal.any([signal, ending.signal])
  // Every lane and every statement listens to it.
  setMaxListeners(0, within)
  const lane = { ...options, signal: within }
  let lanes: Lanes | null = null
  let certified: Awaited<ReturnType<typeof certifiedLanes>> | null = null
  let watching: Promise<void> = Promise.resolve()
  try {
    tell(true)
    lanes = await openLanes(lane)
    const sessions = lanes.first()
    refuseSameServer(sessions)
    const [oldFacts, newFacts] = await Promise.all([
      readSchema(sessions.old, options.move.schemas),
      readSchema(sessions.new, options.move.schemas)
    ])
    const following = await lookAtFollowing(sessions)
    const pairs = await inSlices(pairing(oldFacts, newFacts))
    objects = await inSlices(comparingSchema(pairs, oldFacts, newFacts, following.active))
    const views = oldFacts.objects.filter((object) => object.kind === 'view')
    jobs = await inSlices(makingJobs(pairs, options.previous, wish, views))
    const of = JSON.stringify([
      ...(['old', 'new'] as const).map((side) => sessions[side].capabilities.identity.key),
      following.active,
      wish.strong === true,
      wish.withoutColumns ?? null
    ])
    const earlier = wish.certify || wish.fresh ? null : continued(options.kept ?? null, of, Date.now())
    if (earlier) {
      id = earlier.id
      since = earlier.since
      await inSlices(takeUp(jobs, earlier, kept))
    }
    tell(true)
    const [oldAccounts, newAccounts] = await Promise.all([
      readAccounts(sessions.old),
      readAccounts(sessions.new),
      // Opening takes some round trips; they are spent while the accounts are read.
      lanes.upTo(wish.certify ? 1 : Math.min(mostLanes, Math.ceil(sizeOf(jobs) / 50_000)))
    ])
    objects = objects.concat(compareAccounts(oldAccounts, newAccounts))
    objects = objects.concat(await compareNumbers(sessions, following, pairs))
    tell(true)
    if (wish.certify)
      certified = await certifiedLanes(
        { ...lane, mayLock: wish.certify === 'brief-lock', onApplierStopped: options.onApplierStopped },
        following,
        lanes,
        mostLanes
      )
    const ready = certified?.lanes ?? lanes
    if (wish.pace !== 'full')
      watching = watchSigns({ ...options, signal: within }, following, ready, governor.atWork, governor)
    const keeping = await inSlices(makeKeeping(wish.certify ? undefined : options.keep, { id, since, of }, earlier))
    await compareJobs(
      jobs.filter((job): job is CompareJob => job.kind === 'compare' && job.drift.verdict.kind === 'queued'),
      {
        lanes: ready,
        most: mostLanes,
        following: certified
          ? async () => ({ kind: 'apart', active: following.active })
          : seldom((current) => refreshed(current, following)),
        breath: governor,
        signal,
        position: certified?.position ?? null,
        fragile: certified !== null,
        onProgress: () => tell(),
        onLost: (lost) => {
          lostSince = lost ? (lostSince ?? Date.now()) : null
          tell(true)
        },
        onMark: keeping.mark,
        onDone: (job, rows) => {
          kept.set(rowsKey(job.drift.schema, job.drift.table), rows)
          keeping.done(job, rows)
          tell(job.drift.estimatedRows > 10_000)
        }
      }
    )
    const at = Date.now()
    const certificate = certified ? { position: certified.position, at, how: certified.how } : null
    const state: DriftState = {
      kind: 'done',
      at,
      ...(certificate ? { certificate } : {}),
      ...(wish.only?.length ? { partial: true } : {}),
      ...common()
    }
    keeping.end()
    options.onChange(state)
    return state
  } catch (error) {
    const failure = signal.aborted
      ? failureOf(fail('cancelled', 'The comparison was stopped.', { try: ['Start it again when it suits.'] }))
      : failureOf(error)
    for (const job of jobs) if (job.drift.verdict.kind === 'comparing') job.drift.verdict = { kind: 'queued' }
    const state: DriftState = { kind: 'failed', at: Date.now(), failure, ...common() }
    options.onChange(state)
    return state
  } finally {
    onTell(() => {})
    ending.abort()
    await watching
    await certified?.close()
    await lanes?.close()
  }
}

/** Rows to compare, with something for each table by itself. */
const sizeOf = (jobs: readonly Job[]): number =>
  jobs.reduce((sum, job) => (job.kind === 'compare' ? sum + job.drift.estimatedRows + 1000 : sum), 0)

const refuseSameServer = ({ old, new: fresh }: Sessions): void => {
  if (old.capabilities.identity.key !== fresh.capabilities.identity.key) return
  throw fail('identity', 'Both sides lead to the same database server.', {
    where: `${old.server} and ${fresh.server}`,
    why: 'They answer with the same identity, so a comparison would always find them equal.',
    try: ['Check the addresses of both servers at station Sites.']
  })
}

/** A link can stop or start while a comparison runs, but need not be asked for every small table. */
const seldom = (look: (sessions: Sessions) => Promise<Following>): ((sessions: Sessions) => Promise<Following>) => {
  let at = Number.NEGATIVE_INFINITY
  let last: Promise<Following> | null = null
  return (sessions) => {
    if (last && performance.now() - at < followingAgainMs) return last
    at = performance.now()
    last = look(sessions)
    last.catch(() => {
      last = null
    })
    return last
  }
}

/** The active side must not change under a comparison: that would mix up old and new truth. */
const refreshed = async (sessions: Sessions, before: Following): Promise<Following> => {
  const now = await lookAtFollowing(sessions)
  if (now.active === before.active) return now
  throw fail('conflict', 'The side that takes writes changed while the sides were compared.', {
    try: ['Start the comparison again.']
  })
}
