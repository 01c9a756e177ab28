/** A line is lost when no answer came for `intervalMs` × `countMax`. */
export interface Pace {
  intervalMs: number
  countMax: number
}

/** `run`: while something is being done that must not wait for a dead line. */
export type PaceName = 'calm' | 'run'

export const usualPaces: Record<PaceName, Pace> = {
  calm: { intervalMs: 15_000, countMax: 3 },
  run: { intervalMs: 5_000, countMax: 3 }
}

export interface Pulse {
  pace(name: PaceName): void
  /** Asks now; without an answer within the deadline the line is lost. */
  check(deadlineMs: number): void
  stop(): void
}

export interface PulseOptions {
  /** Sends something that the other side must answer; throws when the line cannot be written to. */
  ask: (answered: () => void) => void
  /** Called once. */
  lost: (why: string) => void
  paces: Record<PaceName, Pace>
  /** Milliseconds by the wall and by the steady clock. */
  now?: () => { wall: number; steady: number }
}

const tickMs = 1_000
/** The computer slept, or something held it up, when the wall clock ran ahead of the ticks by so much. */
const jumpMs = 5_000
const wakeDeadlineMs = 5_000

const clocks = () => ({ wall: Date.now(), steady: performance.now() })

/** Watches one line by asking for signs of life, and at once after the computer slept. */
export const startPulse = (options: PulseOptions): Pulse => {
  const { ask, lost, paces, now = clocks } = options
  let pace = paces.calm
  let ended = false
  let askedAt: number | null = null
  let waitingSince: number | null = null
  let answeredAt = now().steady
  let lastTick = now()
  let deadline: { at: number; ms: number } | null = null

  const end = (why: string) => {
    if (ended) return
    ended = true
    clearInterval(timer)
    lost(why)
  }
  const send = () => {
    askedAt = now().steady
    waitingSince ??= askedAt
    try {
      ask(() => {
        answeredAt = now().steady
        waitingSince = null
        deadline = null
      })
    } catch {
      end('it cannot be written to')
    }
  }
  const check = (deadlineMs: number) => {
    if (ended) return
    deadline ??= { at: now().steady + deadlineMs, ms: deadlineMs }
    send()
  }
  const tick = () => {
    const time = now()
    const slept = time.wall - lastTick.wall > tick.every + jumpMs
    lastTick = time
    if (slept) {
      // Answers that came while asleep are gone; what was waited for before says nothing now.
      waitingSince = null
      deadline = null
      check(wakeDeadlineMs)
      return
    }
    if (deadline && time.steady >= deadline.at) return end(`no answer for ${Math.round(deadline.ms / 1000)} s`)
    const silentMs = waitingSince === null ? 0 : time.steady - waitingSince
    if (silentMs >= pace.intervalMs * pace.countMax)
      return end(`Keepalive timeout: no answer for ${Math.round(silentMs / 1000)} s`)
    if (time.steady - Math.max(askedAt ?? 0, answeredAt) >= pace.intervalMs) send()
  }
  tick.every = Math.min(tickMs, ...Object.values(paces).map((each) => each.intervalMs / 2))
  const timer = setInterval(tick, tick.every)
  timer.unref()
  return {
    pace: (name) => {
      pace = paces[name]
    },
    check,
    stop: () => {
      ended = true
      clearInterval(timer)
    }
  }
}
