import { fail, failureOf } from '../../shared/failure'
import type { Capabilities } from '../mysql/capabilities'
import type { Row, Session } from '../mysql/session'
import type { Reach } from '../reach/reach'

/** A session that reads alike on both servers: UTC, no sql_mode, utf8mb4, read-only, bounded. */
export interface CompareSession {
  readonly server: string
  readonly capabilities: Capabilities
  rows(sql: string, deadlineMs?: number): Promise<Row[]>
  cells(sql: string, deadlineMs?: number): Promise<(string | null)[][]>
  /** A SELECT that reads a whole table: it may take long. */
  scan(sql: string): Promise<(string | null)[][]>
  /** Statements sent so far. */
  sent(): number
  close(): Promise<void>
}

const statementDeadlineMs = 60_000
const scanDeadlineMs = 3_600_000

/** Counts rows along an index. MariaDB takes a variable that was not set before the statement for a constant in it. */
export const stepCounter = '@siteswap_step'

/** Settings without which a comparison could be wrong; a server that refuses one is not compared. */
const required = [
  'SET NAMES utf8mb4',
  "SET SESSION sql_mode = '', time_zone = '+00:00', autocommit = 1, group_concat_max_len = 1000000",
  'SET SESSION TRANSACTION READ ONLY',
  `SET ${stepCounter} = 0`
]

/** Politeness and freshness, where the server has them. */
const wanted: Record<Capabilities['flavour'], string[]> = {
  mysql: [
    'lock_wait_timeout = 10',
    `max_execution_time = ${statementDeadlineMs}`,
    'information_schema_stats_expiry = 0'
  ],
  mariadb: ['lock_wait_timeout = 10', `max_statement_time = ${statementDeadlineMs / 1000}`]
}

/** Opens and pins a session of its own for the comparison. */
export const openCompareSession = async (
  reach: Reach,
  server: string,
  signal: AbortSignal
): Promise<CompareSession> => {
  const capabilities = await reach.capabilities(server)
  const session = await reach.openSession(server, 'drift', { packets: true, deadlineMs: 15_000, signal })
  try {
    const say = (sql: string): Promise<unknown> => session.query(sql, undefined, { deadlineMs: 10_000, signal })
    await session.packet(required, { deadlineMs: 10_000, signal })
    const polite = wanted[capabilities.flavour]
    try {
      await say(`SET SESSION ${polite.join(', ')}`)
    } catch (error) {
      if (!session.open) throw error
      // An older server does not know all of them.
      for (const one of polite)
        await say(`SET SESSION ${one}`).catch((refused: unknown) => {
          if (!session.open) throw refused
        })
    }
  } catch (error) {
    await session.close().catch(() => session.destroy())
    throw error
  }
  let sent = 0
  const cells = async (sql: string, deadlineMs: number): Promise<(string | null)[][]> => {
    sent += 1
    return (await session.table(sql, { deadlineMs, signal })).rows
  }
  const scanning = (sql: string): string =>
    capabilities.flavour === 'mariadb'
      ? `SET STATEMENT max_statement_time = ${scanDeadlineMs / 1000} FOR ${sql}`
      : sql.replace(/^SELECT /, `SELECT /*+ MAX_EXECUTION_TIME(${scanDeadlineMs}) */ `)
  return {
    server,
    capabilities,
    rows: (sql, deadlineMs = statementDeadlineMs) => {
      sent += 1
      return session.query(sql, undefined, { deadlineMs, signal })
    },
    cells: (sql, deadlineMs = statementDeadlineMs) => cells(sql, deadlineMs),
    scan: (sql) => cells(scanning(sql), scanDeadlineMs),
    sent: () => sent,
    close: () => closeQuietly(session)
  }
}

const closeQuietly = async (session: Session): Promise<void> => {
  try {
    await session.close()
  } catch {
    session.destroy()
  }
}

/** Server is shutting down; the session was killed; it was ended for another reason: said of the session, not of the statement. */
const ended: readonly unknown[] = [1053, 1927, 3169, 4031]

/** True when the comparison cannot go on with these sessions: the line is gone, not the statement refused. */
export const isTransport = (error: unknown): boolean => {
  const { kind, code } = failureOf(error)
  return ['unreachable', 'timeout', 'cancelled', 'auth', 'tls', 'identity'].includes(kind) || ended.includes(code)
}

/** True when new sessions may come further; a server that is being restarted refuses some for a while. */
export const isLost = (error: unknown): boolean => {
  const { kind, code } = failureOf(error)
  return ['unreachable', 'timeout', 'cancelled', 'refused'].includes(kind) || ended.includes(code)
}

/** Throws the one failure of a cancelled comparison. */
export const stopWhenCancelled = (signal: AbortSignal): void => {
  if (signal.aborted) throw fail('cancelled', 'The comparison was stopped.', { try: ['Start it again when it suits.'] })
}
