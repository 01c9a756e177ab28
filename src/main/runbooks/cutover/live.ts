import { fail } from '../../../shared/failure'
import type { Row } from '../../mysql/session'

/** What the armed session answered, with the moment. */
export type ArmedAnswer = { kind: 'opened'; at: number; wall: number } | { kind: 'closed'; why: string }

export interface Hold {
  /** Monotonic milliseconds. The pause counts from the sending: from then on writes may wait. */
  sentAt: number
  grantedAt: number
  sentWall: number
  position: Row
  /** Rejects when the hold is lost or its time is over. */
  readonly broken: Promise<never>
  lost(): string | null
  stop(): void
}

/** What was learned on the follower while writes wait. */
export interface Reached {
  position: Row
  links: Row[]
  /** Guarded tables on the new and on the old server. */
  guarded: Row[]
  guardedOnFrom: Row[]
  secondPosition: Row
  transactions: Row[]
  xa: Row[]
  ms: number
}

/** What lives only as long as this process: promises, timers and answers between steps. A resumed run begins without. */
export interface Live {
  armed: Promise<ArmedAnswer> | null
  armedAnswer: ArmedAnswer | null
  armedUntil: number
  hold: Hold | null
  reached: Reached | null
  thrown: { sealed: boolean; at: number } | null
  opened: { at: number; wall: number } | null
  /** This computer's own way to the server that is held and back from the one that opens, ms: what a pause counted here is too long by. */
  wayMs: number
}

/** How long writes waited on the servers, ms: from the hold's arrival to the opening. */
export const heldForMs = (live: Live, hold: Hold, openedAt: number): number =>
  Math.max(0, Math.round((openedAt - hold.sentAt - live.wayMs) * 10) / 10)

/** The pause in words, with what this computer's clock alone would say. */
export const pauseWords = (live: Live, hold: Hold, openedAt: number): string => {
  const heard = Math.round(openedAt - hold.sentAt)
  return `writes waited ${Math.round(heldForMs(live, hold, openedAt))} ms (${heard} ms with the way to this computer)`
}

export const makeLive = (): Live => ({
  armed: null,
  armedAnswer: null,
  armedUntil: 0,
  hold: null,
  reached: null,
  thrown: null,
  opened: null,
  wayMs: 0
})

/** A late tick: the computer slept, or the process was stopped. */
export const sleptMs = 5000

/** The hold, or the reason why it is not there. */
export const heldIn = (live: Live): Hold => {
  if (!live.hold) throw fail('conflict', 'The hold is not held by this run.')
  const lost = live.hold.lost()
  if (lost) throw fail('conflict', 'The hold was lost.', { why: lost, try: ['Nothing has changed: start again.'] })
  return live.hold
}
