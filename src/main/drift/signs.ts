import { statementsFor } from '../mysql/statements'
import { type CompareSession, isTransport } from './compare-session'

/** What one server shows of its load. */
export interface Signs {
  server: string
  /** Connections at work at this moment, without the comparison's own. */
  running: number | null
  /** Statements per second of everybody else. */
  statementsPerSecond: number | null
  /** How far it is behind by the heartbeat; null: it does not follow, or has no heartbeat. */
  lagSeconds: number | null
}

/** One reading: the heartbeat of the active server as this server holds it comes with it. */
export interface Reading extends Omit<Signs, 'lagSeconds'> {
  beatUs: bigint | null
}

/** How far the passive server is behind: both beats were written by the clock of the active one. */
export const signsOf = (active: Reading, passive: Reading): Signs[] => {
  const { beatUs: sent, ...source } = active
  const { beatUs: arrived, ...replica } = passive
  const lag = sent === null || arrived === null ? null : Math.max(0, Number(sent - arrived) / 1_000_000)
  return [
    { ...source, lagSeconds: null },
    { ...replica, lagSeconds: lag }
  ]
}

export type SignsVerdict = { kind: 'idle' } | { kind: 'busy'; why: string } | { kind: 'wait'; why: string }

const limits = { lagSeconds: 10, running: 40, statementsPerSecond: 25 }

/** What the signs ask of a comparison. Pure. */
export const judgeSigns = (signs: readonly Signs[]): SignsVerdict => {
  for (const { server, lagSeconds, running } of signs) {
    if (lagSeconds !== null && lagSeconds > limits.lagSeconds)
      return { kind: 'wait', why: `${server} is ${Math.round(lagSeconds)} s behind` }
    if (running !== null && running > limits.running)
      return { kind: 'wait', why: `${server} has ${running} statements at work` }
  }
  for (const { server, statementsPerSecond } of signs)
    if (statementsPerSecond !== null && statementsPerSecond > limits.statementsPerSecond)
      return { kind: 'busy', why: `${server} answers ${Math.round(statementsPerSecond)} statements a second` }
  return { kind: 'idle' }
}

interface Counted {
  at: number
  questions: number
  own: number
}

/** Reads the signs of one server again and again; `own` tells the statements the comparison sent there, `lanes` its sessions. */
export const makeSignReader = (
  session: CompareSession,
  own: () => number,
  lanes: () => number,
  activeServerId: number
): (() => Promise<Reading>) => {
  let last: Counted | null = null
  let hasHeartbeat = true
  const beat = async (): Promise<bigint | null> => {
    if (!hasHeartbeat) return null
    try {
      const rows = await session.rows(statementsFor(session.capabilities).readHeartbeat(), 10_000)
      const text = rows.find((row) => Number(row.server_id) === activeServerId)?.at_us
      return text ? BigInt(text) : null
    } catch (error) {
      if (isTransport(error)) throw error
      // No such table before the co-masters are built.
      hasHeartbeat = false
      return null
    }
  }
  return async () => {
    const beatUs = await beat()
    const rows = await session.cells(
      "SHOW GLOBAL STATUS WHERE Variable_name IN ('Threads_running','Questions')",
      10_000
    )
    const value = (name: string): number | null => {
      const text = rows.find((row) => row[0]?.toLowerCase() === name)?.[1]
      return text == null ? null : Number(text)
    }
    const questions = value('questions')
    const running = value('threads_running')
    const counted = questions === null ? null : { at: performance.now(), questions, own: own() + session.sent() }
    const before = last
    last = counted
    const seconds = before && counted ? Math.max(0.001, (counted.at - before.at) / 1000) : 0
    const others = before && counted ? counted.questions - before.questions - (counted.own - before.own) : null
    return {
      server: session.server,
      // This reading is one of them.
      running: running === null ? null : Math.max(0, running - 1 - lanes()),
      statementsPerSecond: others === null ? null : Math.max(0, others / seconds),
      beatUs
    }
  }
}
