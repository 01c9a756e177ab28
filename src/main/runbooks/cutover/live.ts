import { fail } from '../../../shared/failure'
import type { Row } from '../../mysql/session'

/** When something happened on a server. */
export interface Moment {
  /** When it was heard of here, monotonic ms. */
  heard: number
  /** When it happened by the server's own clock, in this computer's monotonic ms; `heard` where the server did not say. */
  there: number
}

/** What the armed session answered, with the moment. */
export type ArmedAnswer = { kind: 'opened'; at: Moment } | { kind: 'closed'; why: string }

export interface Hold {
  /** Monotonic milliseconds. The pause counts from the sending: from then on writes may wait. */
  sentAt: number
  grantedAt: number
  /** When the hold reached the server, in this computer's monotonic ms, and by its wall clock. */
  beganAt: number
  beganWall: number
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
  opened: Moment | null
  /** Of each server its clock less this computer's monotonic one, ms. */
  clocks: Map<string, number>
}

/**
 * A server's own moment in this computer's monotonic ms, from a row of `Statements.clock`. It happened between `sent` and
 * `heard`, whatever the two clocks say; a server that told nothing counts as `otherwise`.
 */
export const momentThere = (
  live: Live,
  server: string,
  row: Row | undefined,
  between: { sent: number; heard: number },
  otherwise: number
): number => {
  const there = Number(row?.now_us ?? Number.NaN) / 1000 - (live.clocks.get(server) ?? Number.NaN)
  return Number.isNaN(there) ? otherwise : Math.min(between.heard, Math.max(between.sent, there))
}

/** How long writes waited on the servers, ms: from the hold's arrival to the opening, both by the servers' own clocks. */
export const heldForMs = (hold: Hold, opened: Moment): number =>
  Math.max(0, Math.round((opened.there - hold.beganAt) * 10) / 10)

/** What a run learns of its pause; both figures say the same, whatever was done to this computer's clock meanwhile. */
export const pauseLearned = (hold: Hold, opened: Moment): { holdMs: string; openAt: string } => {
  const heldMs = heldForMs(hold, opened)
  return { holdMs: String(heldMs), openAt: String(hold.beganWall + Math.round(heldMs)) }
}

/** The pause in words, with what this computer's clock alone would say. */
export const pauseWords = (hold: Hold, opened: Moment): string => {
  const heard = Math.round(opened.heard - hold.sentAt)
  return `writes waited ${Math.round(heldForMs(hold, opened))} ms (${heard} ms with the way to this computer)`
}

export const makeLive = (): Live => ({
  armed: null,
  armedAnswer: null,
  armedUntil: 0,
  hold: null,
  reached: null,
  thrown: null,
  opened: null,
  clocks: new Map()
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
