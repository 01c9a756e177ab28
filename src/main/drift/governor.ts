import type { DriftPace } from '../../shared/drift'
import { type Breath, pauseFor } from './breath'
import { stopWhenCancelled } from './compare-session'
import { judgeSigns, type Signs } from './signs'

/** Slows, holds and releases a comparison: by what the servers show, and by hand. */
export interface Governor extends Breath {
  pace(): DriftPace
  pause(): void
  resume(): void
  /** What both servers showed just now. */
  see(signs: readonly Signs[]): void
}

/** A quarter of the time at work, one lane only. */
const gentleShare = 3
const tickMs = 100
/** A server that never comes to rest must not hold a comparison for ever: then it goes on gently. */
const longestWaitMs = 600_000

/** `wished`: the pace a person chose; `auto` follows the signs. */
export const makeGovernor = (
  wished: 'auto' | 'gentle' | 'full',
  onPace: (pace: DriftPace) => void,
  now: () => number = Date.now
): Governor => {
  let pausedSince: number | null = null
  let waitingSince: number | null = null
  let waited = false
  const seen: { pace: DriftPace } = {
    pace: wished === 'gentle' ? { kind: 'gentle', why: 'asked for by hand' } : { kind: 'full' }
  }
  let atWork = 0
  const pace = (): DriftPace => (pausedSince !== null ? { kind: 'paused', since: pausedSince } : seen.pace)
  const tell = (before: DriftPace): void => {
    if (JSON.stringify(before) !== JSON.stringify(pace())) onPace(pace())
  }
  const held = (): boolean => {
    const { kind } = pace()
    return kind === 'paused' || kind === 'waiting' || (kind === 'gentle' && atWork > 0)
  }
  return {
    pace,
    pause: () => {
      const before = pace()
      pausedSince ??= now()
      tell(before)
    },
    resume: () => {
      const before = pace()
      pausedSince = null
      tell(before)
    },
    see: (signs) => {
      if (wished !== 'auto') return
      const before = pace()
      const judged = judgeSigns(signs)
      if (judged.kind === 'wait') {
        waitingSince ??= now()
        waited ||= now() - waitingSince > longestWaitMs
        seen.pace = waited
          ? { kind: 'gentle', why: `${judged.why}, for ten minutes` }
          : { kind: 'waiting', why: judged.why, since: waitingSince }
      } else {
        waitingSince = null
        seen.pace = judged.kind === 'busy' ? { kind: 'gentle', why: judged.why } : { kind: 'full' }
      }
      tell(before)
    },
    turn: async (signal) => {
      while (held()) {
        stopWhenCancelled(signal)
        await pauseFor(tickMs, signal)
      }
      atWork += 1
      return async (ms) => {
        const share = pace().kind === 'full' ? 0 : gentleShare
        if (share > 0) await pauseFor(Math.min(5000, ms * share), signal)
        atWork -= 1
      }
    }
  }
}
