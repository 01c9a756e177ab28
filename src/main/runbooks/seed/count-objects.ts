import { numberOf } from '../../mysql/words'
import type { Hands } from '../../runbook/step'

export interface Counts {
  tables: number
  views: number
  routines: number
  triggers: number
  events: number
  /** The server's estimates. */
  rows: number
  bytes: number
}

/** What some schemas of a server hold, by its information_schema. */
export const countObjects = async (hands: Hands, server: string, schemas: readonly string[]): Promise<Counts> => {
  const marks = schemas.map(() => '?').join(', ') || 'NULL'
  const count = (table: string, column: string, and = '') =>
    `(SELECT COUNT(*) FROM information_schema.${table} WHERE ${column} IN (${marks})${and})`
  const sum = (column: string) =>
    `(SELECT COALESCE(SUM(${column}), 0) FROM information_schema.TABLES WHERE TABLE_SCHEMA IN (${marks}))`
  const [row] = await hands.read(
    server,
    'operate',
    `SELECT ${count('TABLES', 'TABLE_SCHEMA', " AND TABLE_TYPE = 'BASE TABLE'")} AS tables,
     ${count('VIEWS', 'TABLE_SCHEMA')} AS views, ${count('ROUTINES', 'ROUTINE_SCHEMA')} AS routines,
     ${count('TRIGGERS', 'TRIGGER_SCHEMA')} AS triggers, ${count('EVENTS', 'EVENT_SCHEMA')} AS events,
     ${sum('TABLE_ROWS')} AS row_count, ${sum('DATA_LENGTH')} AS bytes`,
    Array.from({ length: 7 }, () => schemas).flat()
  )
  const value = (name: string) => numberOf(row?.[name])
  return {
    tables: value('tables'),
    views: value('views'),
    routines: value('routines'),
    triggers: value('triggers'),
    events: value('events'),
    rows: value('row_count'),
    bytes: value('bytes')
  }
}

const counted = ['tables', 'views', 'routines', 'triggers', 'events'] as const

/** Equal in what a server counts exactly; rows and bytes are estimates. */
export const sameCounts = (one: Counts, other: Counts): boolean => counted.every((name) => one[name] === other[name])

/** `9 tables, 1 view, 2 routines`. */
export const countsText = (counts: Counts): string =>
  counted
    .filter((name) => counts[name] > 0)
    .map((name) => `${counts[name]} ${counts[name] === 1 ? name.slice(0, -1) : name}`)
    .join(', ') || 'nothing'
