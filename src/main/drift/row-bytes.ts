import { formOf } from './column-form'
import type { CompareSession } from './compare-session'
import type { Sessions } from './follow'
import type { ColumnFacts } from './schema-facts'
import type { TablePlan } from './table-plan'

/** More than any number, date, UUID or address takes as text. */
const plainBytes = 80
/** Longest forms of text types whose name tells their length, in bytes. */
const named: Record<string, number> = { tinytext: 255, tinyblob: 255, text: 65_535, blob: 65_535 }
/** A character or a byte of any character set takes no more in utf8mb4. */
const widest = 4

const bytesOf = (column: ColumnFacts): number => {
  const length = Number(/^\w+\((\d+)\)/.exec(column.columnType)?.[1] ?? Number.NaN)
  switch (formOf(column)) {
    case 'text':
    case 'binary': {
      const known = named[column.dataType.toLowerCase()] ?? length
      return Number.isNaN(known) ? Number.POSITIVE_INFINITY : known * widest
    }
    case 'name':
      return column.columnType.length * widest
    case 'json':
    case 'bytes-only':
    case 'unknown':
      return Number.POSITIVE_INFINITY
    default:
      return plainBytes
  }
}

/** The most bytes a row of these columns takes as text, with a length and two commas for each. Pure. */
export const mostBytesOf = (columns: readonly ColumnFacts[]): number =>
  columns.reduce((sum, column) => sum + bytesOf(column) + 24, 0)

const packets = new WeakMap<CompareSession, Promise<number>>()

/** max_allowed_packet, asked once: it cannot change within a session. */
const packetOf = (session: CompareSession): Promise<number> => {
  const known = packets.get(session)
  if (known) return known
  const asked = session.cells('SELECT @@max_allowed_packet', 10_000).then(([row]) => Number(row?.[0] ?? 0))
  packets.set(session, asked)
  asked.catch(() => packets.delete(session))
  return asked
}

/** The plan with the quicker sum, when both servers can hash every row the table can hold. */
export const summedPlan = async (sessions: Sessions, plan: TablePlan): Promise<TablePlan> => {
  if (!Number.isFinite(plan.mostBytes)) return plan
  const [old, fresh] = await Promise.all([packetOf(sessions.old), packetOf(sessions.new)])
  return plan.mostBytes < Math.min(old, fresh) ? { ...plan, sum: 'plain' } : plan
}
