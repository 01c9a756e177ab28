import type { DriftPace } from '../../shared/drift'
import { type Breath, pauseFor } from './breath'
import { stopWhenCancelled } from './compare-session'
import { judgeSigns, type Signs } from './signs'

/** Slows, holds and releases a comparison: by what the servers show, and by hand. */
export interface Governor extends Breath {
  pace(): DriftPace
  pause(): void
  resume(): void
  /** How many turns are being taken just now. */
  atWork(): number
  /** What both servers showed just now. */
  see(signs: readonly Signs[]): void
}

/** How long it rests for what it worked, one lane only. Chosen: four minutes of an hour at work; by itself: a quarter, or two fifths where nothing is strained. */
const chosenShare = 14
const strainedShare = 3
const servedShare = 1.5
const longestRestMs = 30_000
const tickMs = 100
/** A server that never comes to rest must not hold a comparison for ever: then it goes on gently. */
const longestWaitMs = 600_000

/** `wished`: the pace a person chose. `auto` follows the signs; `gentle` always rests long, and waits when `auto` does. */
export const makeGovernor = (
  wished: 'auto' | 'gentle' | 'full',
  onPace: (pace: DriftPace) => void,
  now: () => number = Date.now
): Governor => {
  let pausedSince: number | null = null
  let waitingSince: number | null = null
  let waited = false
  const chosen: DriftPace = { kind: 'gentle', why: 'as chosen' }
  const seen: { pace: DriftPace } = { pace: wished === 'gentle' ? chosen : { kind: 'full' } }
  let atWork = 0
  let share = wished === 'gentle' ? chosenShare : strainedShare
  let wayMs = 0
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
    atWork: () => atWork,
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
      wayMs = Math.max(0, ...signs.map(({ quickestMs }) => quickestMs ?? 0))
      if (wished === 'full') return
      const before = pace()
      const judged = judgeSigns(signs)
      if (judged.kind === 'wait') {
        waitingSince ??= now()
        if (wished === 'auto') share = strainedShare
        waited ||= now() - waitingSince > longestWaitMs
        seen.pace = waited
          ? { kind: 'gentle', why: `${judged.why}, for ten minutes` }
          : { kind: 'waiting', why: judged.why, since: waitingSince }
      } else {
        waitingSince = null
        if (wished === 'gentle') seen.pace = chosen
        else {
          share = judged.kind === 'served' ? servedShare : strainedShare
          seen.pace = judged.kind === 'idle' ? { kind: 'full' } : { kind: 'gentle', why: judged.why }
        }
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
        // While a question is on its way no server works for it.
        if (pace().kind !== 'full') await pauseFor(Math.min(longestRestMs, Math.max(0, ms - wayMs) * share), signal)
        atWork -= 1
      }
    }
  }
}
