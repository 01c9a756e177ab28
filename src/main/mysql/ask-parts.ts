import { failureOf } from '../../shared/failure'
import type { Row, Session, SessionOptions } from './session'

/** One statement of several that are asked at once. */
export interface Part {
  statement: string
  /** Without it the whole is worth nothing; the others may be refused. */
  needed: boolean
}

export interface Answers {
  /** In the order of the parts; [] for a part that was not told. */
  rows: Row[][]
  untold: { asked: string; why: string }[]
  /** How many times something was sent and waited for. */
  roundTrips: number
}

interface Refused {
  why: string
  until: number
}

/** What a session was refused is not asked in each look: a right that is given later is seen after this long. */
const askAgainMs = 60_000
const refusedIn = new WeakMap<Session, Map<string, Refused>>()
/** Sessions that were not opened for several statements in one packet. */
const singly = new WeakSet<Session>()

const refusalsOf = (session: Session): Map<string, Refused> => {
  const known = refusedIn.get(session) ?? new Map<string, Refused>()
  refusedIn.set(session, known)
  for (const [statement, { until }] of known) if (until <= Date.now()) known.delete(statement)
  return known
}

/**
 * Asks several things with one packet, so that they cost one round trip. When the packet fails, because a right is missing, they
 * are asked one by one, and what was refused is left out of the next packets. Rejects when the server does not answer, or
 * does not tell a part that is needed.
 */
export const askParts = async (session: Session, parts: readonly Part[], ask: SessionOptions): Promise<Answers> => {
  const refused = refusalsOf(session)
  const asked = parts.filter(({ statement }) => !refused.has(statement))
  let roundTrips = 0
  const untoldOf = () =>
    parts.flatMap(({ statement }) => {
      const known = refused.get(statement)
      return known ? [{ asked: statement, why: known.why }] : []
    })
  const inOrder = (told: ReadonlyMap<Part, Row[]>) => parts.map((part) => told.get(part) ?? [])

  if (!singly.has(session)) {
    roundTrips++
    try {
      const lists = await session.packet(
        asked.map(({ statement }) => statement),
        ask
      )
      if (lists.length === asked.length)
        return {
          rows: inOrder(new Map(asked.map((part, at) => [part, lists[at] ?? []]))),
          untold: untoldOf(),
          roundTrips
        }
    } catch (error) {
      const { kind } = failureOf(error)
      if (!session.open || kind === 'cancelled' || kind === 'timeout') throw error
      if (kind === 'internal') {
        singly.add(session)
        roundTrips = 0
      }
    }
  }
  const told = new Map<Part, Row[]>()
  for (const part of asked) {
    roundTrips++
    try {
      told.set(part, await session.query(part.statement, [], ask))
    } catch (error) {
      const { kind, words, what } = failureOf(error)
      if (part.needed || !session.open || kind === 'cancelled' || kind === 'timeout') throw error
      refused.set(part.statement, { why: words ?? what, until: Date.now() + askAgainMs })
    }
  }
  return { rows: inOrder(told), untold: untoldOf(), roundTrips }
}
