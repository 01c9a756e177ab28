import { askLoad, loadOf } from '../mysql/load-status'
import { statementsFor } from '../mysql/statements'
import { type CompareSession, isTransport } from './compare-session'

/** What one server shows of its load. */
export interface Signs {
  server: string
  /** Connections at work at this moment, without the comparison's own. */
  running: number | null
  /** The same on the average of the last readings: how many statements this server really has to do at once. */
  atWork: number | null
  /** Statements per second of everybody else. */
  statementsPerSecond: number | null
  /** How much longer than at its quickest a small question takes here now, in the middle of the last readings. */
  waitMs: number | null
  /** A small question at its quickest: little more than the way there and back. */
  quickestMs: number | null
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

export type SignsVerdict =
  | { kind: 'idle' }
  /** Customers are served, without strain. */
  | { kind: 'served'; why: string }
  | { kind: 'busy'; why: string }
  | { kind: 'wait'; why: string }

/** How many statements a second say nothing: 5000 short ones are ease, 50 long ones are strain. So many only tell that somebody is there. */
const somebody = 25
const strain = { lagSeconds: 2, atWork: 8, waitMs: 50 }
const tooMuch = { lagSeconds: 10, running: 40 }

const strainOf = ({ server, lagSeconds, atWork, waitMs, statementsPerSecond }: Signs): string | null => {
  if (lagSeconds !== null && lagSeconds > strain.lagSeconds) return `${server} is ${lagSeconds.toFixed(1)} s behind`
  if (atWork !== null && atWork > strain.atWork) return `${server} has ${Math.round(atWork)} statements at work`
  // Where nobody else is, nobody is kept waiting.
  return waitMs !== null && waitMs > strain.waitMs && (statementsPerSecond ?? 0) > somebody
    ? `${server} answers ${Math.round(waitMs)} ms later than at its quickest`
    : null
}

/** What the signs ask of a comparison. Pure. */
export const judgeSigns = (signs: readonly Signs[]): SignsVerdict => {
  for (const { server, lagSeconds, running } of signs) {
    if (lagSeconds !== null && lagSeconds > tooMuch.lagSeconds)
      return { kind: 'wait', why: `${server} is ${Math.round(lagSeconds)} s behind` }
    if (running !== null && running > tooMuch.running)
      return { kind: 'wait', why: `${server} has ${running} statements at work` }
  }
  for (const one of signs) {
    const why = strainOf(one)
    if (why) return { kind: 'busy', why }
  }
  for (const { server, statementsPerSecond } of signs)
    if (statementsPerSecond !== null && statementsPerSecond > somebody)
      return { kind: 'served', why: `${server} answers ${Math.round(statementsPerSecond)} statements a second` }
  return { kind: 'idle' }
}

/** Readings that count together: one moment of a server tells little. */
const together = 5

/** The average of the connections at work and the middle of the waits, over the last readings. Pure but for what it remembers. */
export const makeSteady = (): ((
  running: number | null,
  tookMs: number
) => Pick<Signs, 'atWork' | 'waitMs' | 'quickestMs'>) => {
  const running: number[] = []
  const took: number[] = []
  let quickest = Number.POSITIVE_INFINITY
  return (now, tookMs) => {
    if (now !== null) running.push(now)
    took.push(tookMs)
    quickest = Math.min(quickest, tookMs)
    if (running.length > together) running.shift()
    if (took.length > together) took.shift()
    const middle = took.toSorted((a, b) => a - b)[Math.floor((took.length - 1) / 2)] ?? quickest
    return {
      atWork: running.length < together ? null : running.reduce((sum, one) => sum + one, 0) / running.length,
      waitMs: took.length < together ? null : middle - quickest,
      quickestMs: quickest
    }
  }
}

interface Counted {
  at: number
  questions: number
  own: number
}

/** Reads the signs of one server again and again; `own` tells the statements the comparison sent there, `lanes` how many it has at work. */
export const makeSignReader = (
  session: CompareSession,
  own: () => number,
  lanes: () => number,
  activeServerId: number
): (() => Promise<Reading>) => {
  let last: Counted | null = null
  const steady = makeSteady()
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
    const asked = performance.now()
    const rows = await session.cells(askLoad, 10_000)
    const tookMs = performance.now() - asked
    const load = loadOf(rows)
    const { questions } = load
    // This reading is one of them.
    const running = load.running === null ? null : Math.max(0, load.running - 1 - lanes())
    const counted = questions === null ? null : { at: performance.now(), questions, own: own() + session.sent() }
    const before = last
    last = counted
    const seconds = before && counted ? Math.max(0.001, (counted.at - before.at) / 1000) : 0
    const others = before && counted ? counted.questions - before.questions - (counted.own - before.own) : null
    return {
      server: session.server,
      running,
      ...steady(running, tookMs),
      statementsPerSecond: others === null ? null : Math.max(0, others / seconds),
      beatUs
    }
  }
}
