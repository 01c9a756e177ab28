import { z } from 'zod'
import { type DriftState, driftVerdict, isObjectDrift, tablesAmong } from './drift'
import type { Failure } from './failure'

/** Comparisons by themselves while the move is open, at this time of this computer's clock: `02:00`. */
export const driftScheduleSchema = z.strictObject({
  dailyAt: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'is no time of day such as 02:00')
})

export type DriftSchedule = z.infer<typeof driftScheduleSchema>

/** What became of one due time. */
export type ScheduledEnd =
  | { kind: 'begun' }
  /** The app ended in its middle. */
  | { kind: 'broken-off' }
  | {
      kind: 'compared'
      id: string
      verdict: 'equal' | 'differs' | 'inconclusive'
      /** Rows that differ, in this many tables; objects that differ; tables of which nothing can be said. */
      rows: number
      tables: number
      objects: number
      unsure: number
    }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'stopped' }
  | { kind: 'skipped'; why: string }
  /** The app, or this move, was closed. */
  | { kind: 'missed' }

/** One due time and what became of it; `at` is when it began or was given up, `late` why that was not at once. */
export interface ScheduledDrift {
  dueAt: number
  at: number
  late?: string
  end: ScheduledEnd
}

/** The comparisons that a move starts by itself, as they stand; `why` is what it waits for. */
export interface DriftScheduleState {
  now: { kind: 'waiting'; dueAt: number; why: string } | { kind: 'comparing'; dueAt: number } | null
  last: ScheduledDrift | null
}

/** Where to look when a comparison by itself is due. */
export interface DriftMoment {
  schedule: DriftSchedule
  /** Due times up to here have been dealt with. */
  settled: number
  now: number
  /** Since then this computer has not slept, nor was its clock set forward. */
  awakeSince: number
  /** What goes on that a comparison must not disturb. */
  busy: string | null
}

export type DriftTurn =
  | { kind: 'rest' }
  | { kind: 'wait'; dueAt: number; why: string }
  | { kind: 'skip'; dueAt: number; why: string }
  | { kind: 'start'; dueAt: number; late: string | null }

const dayMs = 86_400_000
/** A network needs a moment to come back. */
const restAfterWakingMs = 60_000
/** Later it would run into the day. */
const longestWaitMs = 3 * 3_600_000

/** The due time of the day that lies `days` after that of `now`. An hour that a clock leaves out is read as the one after it, one that it repeats as the first. */
const dueOn = ({ dailyAt }: DriftSchedule, now: number, days: number): number => {
  const today = new Date(now)
  const [hours = 0, minutes = 0] = dailyAt.split(':').map(Number)
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() + days, hours, minutes).getTime()
}

/** The newest due time that has come. */
export const lastDueAt = (schedule: DriftSchedule, now: number): number => {
  const today = dueOn(schedule, now, 0)
  return today <= now ? today : dueOn(schedule, now, -1)
}

/** The first due time that has not come yet. */
export const nextDueAt = (schedule: DriftSchedule, now: number): number => {
  const today = dueOn(schedule, now, 0)
  return today > now ? today : dueOn(schedule, now, 1)
}

/** Where the past ends after a clock was set back: nothing of the future is settled but a due time that had its turn. */
export const settledAt = (settled: number, hadTurn: number | null, now: number): number => {
  if (settled <= now) return settled
  return hadTurn !== null && hadTurn > now && hadTurn - now < dayMs ? hadTurn : now
}

/** What is to be done now. However many due times were slept through, one comparison answers for them. */
export const turnAt = ({ schedule, settled, now, awakeSince, busy }: DriftMoment): DriftTurn => {
  const dueAt = lastDueAt(schedule, now)
  if (dueAt <= settled) return { kind: 'rest' }
  const slept = dueAt < awakeSince
  if (busy !== null)
    return now - Math.max(dueAt, awakeSince) > longestWaitMs
      ? { kind: 'skip', dueAt, why: busy }
      : { kind: 'wait', dueAt, why: busy }
  if (slept && now - awakeSince < restAfterWakingMs)
    return { kind: 'wait', dueAt, why: 'the network: this computer has only just woken' }
  return { kind: 'start', dueAt, late: slept ? 'this computer slept, or its clock was changed' : null }
}

/** What became of a due time, of the comparison it began. */
export const scheduledEnd = (state: DriftState): ScheduledEnd => {
  if (state.kind === 'failed')
    return state.failure.kind === 'cancelled' ? { kind: 'stopped' } : { kind: 'failed', failure: state.failure }
  const verdict = driftVerdict(state)
  if (state.kind !== 'done' || verdict === 'unknown') return { kind: 'begun' }
  const tables = tablesAmong(state.tables)
  const differing = tables.flatMap((table) => (table.verdict.kind === 'differs' ? [table.verdict.rows] : []))
  return {
    kind: 'compared',
    id: state.id,
    verdict,
    rows: differing.reduce((sum, rows) => sum + rows, 0),
    tables: differing.length,
    objects: state.objects.filter(isObjectDrift).length,
    unsure: tables.filter((table) => table.verdict.kind === 'inconclusive').length
  }
}
