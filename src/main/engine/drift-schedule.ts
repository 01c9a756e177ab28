import {
  type DriftSchedule,
  type DriftScheduleState,
  lastDueAt,
  type ScheduledDrift,
  scheduledEnd,
  settledAt,
  turnAt
} from '../../shared/drift-schedule'
import { type News, newsOf } from '../../shared/drift-schedule-words'
import { failureOf } from '../../shared/failure'
import type { Move } from '../../shared/move'
import type { LiveDrift } from './live-drift'

/** What the journal keeps for the next session of the app; `schedule` is the setting that `settled` speaks of. */
export interface KeptDriftSchedule {
  schedule: DriftSchedule | null
  settled: number
  last: ScheduledDrift | null
}

export interface DriftTimerDeps {
  move(): Move
  drift: Pick<LiveDrift, 'state' | 'start' | 'pause' | 'resume'>
  /** The run that goes on, by its title. */
  busyWith(): string | null
  kept: KeptDriftSchedule | null
  keep(kept: KeptDriftSchedule): Promise<unknown>
  onState(state: DriftScheduleState): void
  tell(news: News): void
  signal: AbortSignal
  now?(): number
}

/** Starts comparisons by the move's schedule. */
export interface DriftTimer {
  state(): DriftScheduleState
  /** From now on, until the signal ends. */
  begin(): void
  /** Looks at the clock, the setting and what goes on; safe to call at any time. */
  look(): void
}

const lookEveryMs = 15_000
/** Without a look for so long: this computer slept. */
const sleptMs = 120_000

export const makeDriftTimer = (deps: DriftTimerDeps): DriftTimer => {
  const clock = deps.now ?? Date.now
  const setting = (): DriftSchedule | null => deps.move().driftSchedule ?? null
  const isSet = (schedule: DriftSchedule | null): boolean => schedule?.dailyAt === kept.schedule?.dailyAt
  let kept = deps.kept ?? { schedule: null, settled: clock(), last: null }
  let going: DriftScheduleState['now'] = null
  let begun = false
  let lookedAt = clock()
  let awakeSince = lookedAt
  /** Held by us while a run goes on. */
  let held = false

  const state = (): DriftScheduleState => ({ now: going, last: kept.last })
  const put = (next: Partial<KeptDriftSchedule>): void => {
    kept = { ...kept, ...next }
    // What cannot be written is only forgotten; the journal tells its trouble itself.
    void deps.keep(kept).catch(() => {})
  }
  const go = (next: DriftScheduleState['now']): void => {
    if (JSON.stringify(next) === JSON.stringify(going)) return
    going = next
    deps.onState(state())
  }
  const end = (last: ScheduledDrift): void => {
    put({ settled: last.dueAt, last })
    going = null
    deps.onState(state())
    const news = newsOf(deps.move().name, last, clock())
    if (news) deps.tell(news)
  }

  const start = async (dueAt: number, late: string | null): Promise<void> => {
    const begins: ScheduledDrift = { dueAt, at: clock(), ...(late ? { late } : {}), end: { kind: 'begun' } }
    put({ settled: dueAt, last: begins })
    go({ kind: 'comparing', dueAt })
    const ended = await deps.drift.start({ pace: 'gentle' }).then(scheduledEnd, (error: unknown) => ({
      kind: 'failed' as const,
      failure: failureOf(error)
    }))
    held = false
    // An app that is closed in the middle of it says so when it is opened again.
    if (!deps.signal.aborted) end({ ...begins, end: ended })
  }

  /** A run has the servers for itself. */
  const makeWay = (): void => {
    const { drift } = deps
    const now = drift.state()
    const isPaused = now.kind === 'running' && now.pace?.kind === 'paused'
    if (deps.busyWith() !== null && !isPaused) {
      drift.pause()
      held = true
    } else if (deps.busyWith() === null && held) {
      drift.resume()
      held = false
    }
  }

  const turn = (schedule: DriftSchedule, now: number): void => {
    const run = deps.busyWith()
    const other = deps.drift.state().kind === 'running' ? 'another comparison' : null
    const busy = run === null ? other : `the run “${run}”`
    const next = turnAt({ schedule, settled: kept.settled, now, awakeSince, busy })
    switch (next.kind) {
      case 'rest':
        go(null)
        break
      case 'wait':
        go({ kind: 'waiting', dueAt: next.dueAt, why: next.why })
        break
      case 'skip':
        end({ dueAt: next.dueAt, at: now, end: { kind: 'skipped', why: next.why } })
        break
      case 'start':
        void start(next.dueAt, next.late ?? (going?.kind === 'waiting' ? `it waited for ${going.why}` : null))
        break
      default:
        next satisfies never
    }
  }

  const look = (): void => {
    if (!begun || deps.signal.aborted) return
    const now = clock()
    if (now - lookedAt > sleptMs) awakeSince = now
    awakeSince = Math.min(awakeSince, now)
    lookedAt = now
    const schedule = setting()
    kept.settled = settledAt(kept.settled, kept.last?.dueAt ?? null, now)
    if (!isSet(schedule)) put({ schedule, settled: now })
    if (going?.kind === 'comparing') makeWay()
    else if (schedule) turn(schedule, now)
    else go(null)
  }

  return {
    state,
    look,
    begin: () => {
      if (begun) return
      begun = true
      const now = clock()
      lookedAt = now
      awakeSince = now
      const schedule = setting()
      const settled = settledAt(kept.settled, kept.last?.dueAt ?? null, now)
      const dueAt = schedule && isSet(schedule) ? lastDueAt(schedule, now) : null
      const { last } = kept
      if (dueAt !== null && dueAt > settled) put({ settled: now, last: { dueAt, at: now, end: { kind: 'missed' } } })
      else if (last?.end.kind === 'begun') put({ settled, last: { ...last, end: { kind: 'broken-off' } } })
      look()
      const timer = setInterval(look, lookEveryMs)
      timer.unref()
      deps.signal.addEventListener('abort', () => clearInterval(timer), { once: true })
    }
  }
}
