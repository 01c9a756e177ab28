import type { CompareSession } from './compare-session'
import type { Sessions } from './follow'
import { keyOf, keyReads, rangeCondition } from './key-range'
import type { KeyValue } from './table-key'
import type { Side, TablePlan } from './table-plan'

/** Ways to find rows that read the whole table, or the whole index, for each range. */
const wholesale = /^(ALL|index)$/i

/**
 * Why ranges of a key would cost a full scan each, as the servers' optimisers plan them; null when the key's index is
 * used. A hash index, for one, knows no ranges.
 */
export const scansForRanges = async (sessions: Sessions, plan: TablePlan): Promise<string | null> => {
  const [old, fresh] = await Promise.all([explained(sessions.old, plan, 'old'), explained(sessions.new, plan, 'new')])
  return old ?? fresh
}

const explained = async (session: CompareSession, plan: TablePlan, side: Side): Promise<string | null> => {
  const first = await keyAtEnd(session, plan, side, 'ASC')
  const last = await keyAtEnd(session, plan, side, 'DESC')
  if (!first || !last) return null
  const rows = await session.rows(
    `EXPLAIN FORMAT=TRADITIONAL SELECT COUNT(*) FROM ${plan[side].from} WHERE ${rangeCondition(plan.key, { after: first, upTo: last })}`
  )
  return rows.some((row) => wholesale.test(row.type ?? ''))
    ? `${session.server} would read the whole table for each range of its key ${plan.key.index[side]}`
    : null
}

const keyAtEnd = async (
  session: CompareSession,
  plan: TablePlan,
  side: Side,
  order: 'ASC' | 'DESC'
): Promise<KeyValue | null> => {
  const sorted = plan.key.columns.map((column) => `${column.sql} ${order}`).join(',')
  const [row] = await session.cells(`SELECT ${keyReads(plan.key)} FROM ${plan[side].from} ORDER BY ${sorted} LIMIT 1`)
  return row ? keyOf(plan.key, row) : null
}
