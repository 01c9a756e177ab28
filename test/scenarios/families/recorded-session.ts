import type { Row, Session } from '../../../src/main/mysql/session'
import { FailureError } from '../../../src/shared/failure'

/** What a server answers to one statement: rows, or an error as the driver translates it; null: it does not understand. */
export type Recorded = (sql: string) => Row[] | { denied: string } | null

const parseError = (sql: string) =>
  new FailureError({ kind: 'invalid', what: `It does not understand ${sql}.`, code: 1064, try: [] })

/** A session whose server answers from a record. `packets`: it takes several statements at once. */
export const recordedSession = (recorded: Recorded, packets = false): Session & { asked: string[][] } => {
  const asked: string[][] = []
  const answer = (sql: string): Row[] => {
    const rows = recorded(sql)
    if (rows === null) throw parseError(sql)
    if ('denied' in rows)
      throw new FailureError({
        kind: 'denied',
        what: 'The account lacks a right.',
        words: rows.denied,
        code: 1227,
        try: []
      })
    return rows
  }
  return {
    asked,
    name: 'recorded',
    server: 'db',
    connectionId: 1,
    open: true,
    query: async (sql) => {
      asked.push([sql])
      return answer(sql)
    },
    table: async () => ({ columns: [], rows: [] }),
    packet: async (statements) => {
      if (!packets)
        throw new FailureError({ kind: 'internal', what: 'The session takes one statement at a time.', try: [] })
      asked.push([...statements])
      return statements.map(answer)
    },
    onClose: () => undefined,
    close: async () => undefined,
    destroy: () => undefined
  }
}

/** Rows of `SHOW GLOBAL VARIABLES WHERE Variable_name IN (…)`, of those the server has. */
export const namedRows = (sql: string, values: Readonly<Record<string, string>>): Row[] => {
  const wanted = new Set([...sql.matchAll(/'([^']+)'/g)].map(([, name]) => name))
  return Object.entries(values)
    .filter(([name]) => wanted.has(name))
    .map(([Variable_name, Value]) => ({ Variable_name, Value }))
}
