import type { RowDifference, TableVerdict } from '../../shared/drift'
import { failureOf } from '../../shared/failure'
import { type Breath, pauseFor } from './breath'
import { compareMultiset } from './compare-multiset'
import { isLost, isTransport, stopWhenCancelled } from './compare-session'
import { compareTable, type TableMark, type TableOutcome } from './compare-table'
import { readDefinitionMark } from './definition'
import { scansForRanges } from './explain'
import type { Following, Sessions } from './follow'
import type { Job } from './jobs'
import type { Lanes } from './lanes'
import type { PlanResult } from './table-plan'

export type CompareJob = Extract<Job, { kind: 'compare' }>

export interface JobsWork {
  lanes: Lanes
  /** How many lanes may work side by side. */
  most: number
  following(sessions: Sessions): Promise<Following>
  breath: Breath
  signal: AbortSignal
  /** One position for all tables, when both sides are snapshots of it. */
  position: string | null
  /** A lost session is the end: a snapshot cannot be opened again. */
  fragile: boolean
  onProgress(): void
  /** The sessions are gone and new ones are tried for; false: they are there. */
  onLost(lost: boolean): void
  onMark(job: CompareJob, mark: TableMark): void
  onDone(job: CompareJob, rows: RowDifference[]): void
}

/** Smaller tables are compared side by side, one lane each; larger ones one after the other, by all lanes. */
const smallRows = 50_000
/** A large server needs a minute to restart: pauses of 0.3, 0.6 … 3 s. */
const mostLosses = 24
const againMs = 300
const longestPauseMs = 3000

/** Compares all tables in their order. Rejects when the servers cannot be reached any more, or the signal ends. */
export const compareJobs = async (jobs: readonly CompareJob[], work: JobsWork): Promise<void> => {
  const marks = new Map<CompareJob, TableMark>()
  for (const job of jobs) if (job.from) marks.set(job, job.from)
  for (const some of inCompany(jobs)) await withRetries(some, work, marks)
}

/** Neighbouring small tables together, each large one by itself. */
const inCompany = (jobs: readonly CompareJob[]): CompareJob[][] => {
  const companies: CompareJob[][] = []
  let small = false
  for (const job of jobs) {
    const isSmall = job.drift.estimatedRows < smallRows
    if (isSmall && small) companies.at(-1)?.push(job)
    else companies.push([job])
    small = isSmall
  }
  return companies
}

/** Goes on with new sessions as often as it takes; gives up only when time after time nothing was compared between two losses. */
const withRetries = async (
  company: readonly CompareJob[],
  work: JobsWork,
  marks: Map<CompareJob, TableMark>
): Promise<void> => {
  const open = new Set(company)
  let losses = 0
  while (open.size > 0) {
    const before = open.size + sum(marks)
    try {
      if (losses > 0) {
        await pauseFor(Math.min(longestPauseMs, againMs * 2 ** (losses - 1)), work.signal)
        await work.lanes.renew()
        work.onLost(false)
      }
      await compareOpen(open, company.length === 1, work, marks)
    } catch (error) {
      const further = open.size + sum(marks) !== before
      losses = further ? 1 : losses + 1
      if (work.signal.aborted || work.fragile || !isLost(error) || losses > mostLosses) throw error
      work.onLost(true)
    }
  }
}

const compareOpen = async (
  open: Set<CompareJob>,
  alone: boolean,
  work: JobsWork,
  marks: Map<CompareJob, TableMark>
): Promise<void> => {
  const most = alone ? (isLarge([...open]) ? work.most : 1) : Math.min(work.most, open.size)
  const lanes = await work.lanes.upTo(most)
  // One queue for all lanes; what they settle leaves `open` meanwhile.
  const queue = [...open].values()
  const one = async (lane: readonly Sessions[]): Promise<void> => {
    for (const job of queue) {
      stopWhenCancelled(work.signal)
      await compareJob(job, lane, work, marks)
      open.delete(job)
    }
  }
  const ends = await Promise.allSettled(alone ? [one(lanes)] : lanes.map((lane) => one([lane])))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

const isLarge = (company: readonly CompareJob[]): boolean => (company[0]?.drift.estimatedRows ?? 0) >= smallRows

/** A number that changes with every mark. */
const sum = (marks: Map<CompareJob, TableMark>): number => {
  let rows = 0
  for (const mark of marks.values()) rows += mark.rows
  return rows
}

const compareJob = async (
  job: CompareJob,
  lanes: readonly Sessions[],
  work: JobsWork,
  marks: Map<CompareJob, TableMark>
): Promise<void> => {
  const [first] = lanes
  if (!first) throw new Error('a comparison without sessions')
  const { drift } = job
  const told = (doneRows: number): void => {
    drift.verdict = { kind: 'comparing', doneRows }
    work.onProgress()
  }
  const from = marks.get(job) ?? null
  told(from?.rows ?? 0)
  const settle = (verdict: TableVerdict, rows: RowDifference[] = []): void => {
    marks.delete(job)
    const { fromAt } = job
    drift.verdict = fromAt !== undefined && 'at' in verdict ? { ...verdict, at: Math.min(verdict.at, fromAt) } : verdict
    work.onDone(job, rows)
  }
  try {
    const following = await work.following(first)
    const plan = await affordable(job, first)
    if (plan.kind === 'left-out') {
      settle(plan)
      return
    }
    const common = {
      following,
      breath: work.breath,
      signal: work.signal,
      position: work.position,
      onRows: told
    }
    const outcome: TableOutcome =
      plan.kind === 'plan'
        ? await compareTable({
            ...common,
            plan: plan.plan,
            lanes,
            rowBytes: drift.estimatedRows > 0 ? drift.bytes / drift.estimatedRows : 0,
            from,
            onMark: (mark) => {
              marks.set(job, mark)
              work.onMark(job, mark)
            }
          })
        : await compareMultiset({ ...common, plan: plan.plan, sessions: first })
    const changed = await definitionChanged(job, first)
    drift.estimatedRows = outcome.comparedRows
    settle(changed ?? outcome.verdict, outcome.rows)
  } catch (error) {
    if (work.signal.aborted || isTransport(error)) throw error
    const failure = failureOf(error)
    settle((await definitionChanged(job, first)) ?? inconclusive(failure.words ?? failure.what))
  }
}

/** Fewer rows are read at once, whatever their index is good for. */
const explainedRows = 5000

/** Ranges that would be a full scan each are not asked for: then the rows are counted by what they hold, in one scan. */
const affordable = async (job: CompareJob, sessions: Sessions): Promise<PlanResult> => {
  const plan = job.plan()
  const { drift } = job
  if (plan.kind !== 'plan' || drift.estimatedRows < explainedRows) return plan
  const why = await scansForRanges(sessions, plan.plan)
  return why === null ? plan : { kind: 'multiset', plan: { ...plan.plan, why, rows: drift.estimatedRows } }
}

const inconclusive = (why: string): TableVerdict => ({ kind: 'inconclusive', at: Date.now(), why })

/** Columns that came or changed meanwhile were not compared. */
const definitionChanged = async (job: CompareJob, sessions: Sessions): Promise<TableVerdict | null> => {
  const [old, fresh] = await Promise.all([
    readDefinitionMark(sessions.old, job.names.old.schema, job.names.old.name),
    readDefinitionMark(sessions.new, job.names.new.schema, job.names.new.name)
  ])
  if (old + fresh === job.definition) return null
  const gone = old === '' || fresh === ''
  return inconclusive(
    gone
      ? 'the table was dropped or renamed while it was compared'
      : 'the table’s definition changed while it was compared; compare again'
  )
}
