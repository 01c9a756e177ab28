import { randomUUID } from 'node:crypto'
import type { DriftProgress, DriftState, ObjectDifference, RowDifference, TableDrift } from '../../shared/drift'
import { fail, failureOf } from '../../shared/failure'
import type { Move } from '../../shared/move'
import type { Reach } from '../reach/reach'
import { compareAccounts, readAccounts } from './accounts'
import { compareSchema, pairTables } from './compare-schema'
import { isTransport, openCompareSession, stopWhenCancelled } from './compare-session'
import { compareTable } from './compare-table'
import { type Following, lookAtFollowing, type Sessions } from './follow'
import { type Job, jobsOf } from './jobs'
import { makePace } from './pace'
import { readSchema } from './read-schema'

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
}

export interface DriftRun {
  /** Never rejects: a failure is a state. */
  readonly done: Promise<DriftState>
  /** Differing rows of a table, up to 1000, kept while the app runs. */
  rowsOf(schema: string, table: string): RowDifference[]
}

const changeEveryMs = 250
const sessionAttempts = 3

/** Compares schema, accounts and data of two servers while they are in use. Only reads. */
export const startDrift = (options: DriftOptions): DriftRun => {
  const kept = new Map<string, RowDifference[]>()
  return {
    done: work(options, kept),
    rowsOf: (schema, table) => kept.get(rowsKey(schema, table)) ?? []
  }
}

/** `startDrift` for callers that do not look at rows. */
export const runDrift = (options: DriftOptions): Promise<DriftState> => startDrift(options).done

const rowsKey = (schema: string, table: string): string => `${schema}\u0000${table}`

const work = async (options: DriftOptions, kept: Map<string, RowDifference[]>): Promise<DriftState> => {
  const { signal } = options
  const id = randomUUID()
  const since = Date.now()
  const pace = makePace()
  const objects: ObjectDifference[] = []
  let jobs: Job[] = []
  let told = 0
  const common = (): {
    id: string
    since: number
    progress: DriftProgress
    tables: TableDrift[]
    objects: ObjectDifference[]
  } => ({
    id,
    since,
    progress: pace.progress(jobs),
    tables: jobs.map((job) => ({ ...job.drift })),
    objects: [...objects]
  })
  const tell = (now = false): void => {
    if (!now && Date.now() - told < changeEveryMs) return
    told = Date.now()
    options.onChange({ kind: 'running', ...common() })
  }
  let sessions: Sessions | null = null
  try {
    tell(true)
    sessions = await openBoth(options)
    refuseSameServer(sessions)
    const [oldFacts, newFacts] = await Promise.all([
      readSchema(sessions.old, options.move.schemas),
      readSchema(sessions.new, options.move.schemas)
    ])
    const following = await lookAtFollowing(sessions)
    objects.push(...compareSchema(oldFacts, newFacts, following.active))
    jobs = jobsOf(pairTables(oldFacts, newFacts), options.previous)
    tell(true)
    const [oldAccounts, newAccounts] = await Promise.all([readAccounts(sessions.old), readAccounts(sessions.new)])
    objects.push(...compareAccounts(oldAccounts, newAccounts))
    tell(true)
    for (const job of jobs) {
      stopWhenCancelled(signal)
      if (job.kind === 'settled') continue
      sessions = await compareJob(job, sessions, following, options, kept, () => tell())
      tell(true)
    }
    const state: DriftState = { kind: 'done', at: Date.now(), ...common() }
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
    if (sessions) await closeBoth(sessions)
  }
}

const openBoth = async ({ reach, oldServer, newServer, signal }: DriftOptions): Promise<Sessions> => {
  const old = await openCompareSession(reach, oldServer, signal)
  try {
    return { old, new: await openCompareSession(reach, newServer, signal) }
  } catch (error) {
    await old.close()
    throw error
  }
}

const closeBoth = async (sessions: Sessions): Promise<void> => {
  await Promise.allSettled([sessions.old.close(), sessions.new.close()])
}

const refuseSameServer = ({ old, new: fresh }: Sessions): void => {
  if (old.capabilities.identity.key !== fresh.capabilities.identity.key) return
  throw fail('identity', 'Both sides lead to the same database server.', {
    where: `${old.server} and ${fresh.server}`,
    why: 'They answer with the same identity, so a comparison would always find them equal.',
    try: ['Check the addresses of both servers at station Sites.']
  })
}

/** One table; a lost session is opened again, a statement the server refuses makes the table inconclusive. */
const compareJob = async (
  job: Extract<Job, { kind: 'compare' }>,
  start: Sessions,
  following: Following,
  options: DriftOptions,
  kept: Map<string, RowDifference[]>,
  tell: () => void
): Promise<Sessions> => {
  let sessions = start
  for (let attempt = 1; ; attempt += 1) {
    job.drift.verdict = { kind: 'comparing', doneRows: 0 }
    tell()
    try {
      const outcome = await compareTable({
        plan: job.plan,
        sessions,
        // Asked for every table: a link can stop or start while a comparison runs.
        following: attempt === 1 ? await refreshed(sessions, following) : following,
        signal: options.signal,
        rowBytes: job.drift.estimatedRows > 0 ? job.drift.bytes / job.drift.estimatedRows : 0,
        onRows: (doneRows) => {
          job.drift.verdict = { kind: 'comparing', doneRows }
          tell()
        }
      })
      job.drift.verdict = outcome.verdict
      job.drift.estimatedRows = outcome.comparedRows
      kept.set(rowsKey(job.drift.schema, job.drift.table), outcome.rows)
      return sessions
    } catch (error) {
      if (options.signal.aborted) throw error
      if (!isTransport(error)) {
        const failure = failureOf(error)
        job.drift.verdict = { kind: 'inconclusive', at: Date.now(), why: failure.words ?? failure.what }
        return sessions
      }
      if (attempt >= sessionAttempts) throw error
      await closeBoth(sessions)
      sessions = await openBoth(options)
    }
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
