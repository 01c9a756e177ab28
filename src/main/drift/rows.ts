import type { RowDifference } from '../../shared/drift'
import { unreadable } from './canonical'
import type { CompareSession } from './compare-session'
import { partCondition, type RangePart } from './key-groups'
import { type KeyRange, keyId, keyOf, keyOrder, keyReads, keysCondition, rangeCondition } from './key-range'
import type { KeyValue } from './table-key'
import type { Side, TablePlan } from './table-plan'

/** One row as a side shows it, with the numbers that tell apart what looks alike. */
export interface RowRead {
  id: string
  values: (string | null)[]
  hashes: string[]
}

/** Key and hash of the rows of one range; a NULL hash is a row too large to hash. */
export type HashList = Map<string, { key: KeyValue; hash: string | null }>

/** Key and hash of every row of some parts, one list per part. */
export const listHashes = async (
  session: CompareSession,
  plan: TablePlan,
  side: Side,
  parts: readonly RangePart[]
): Promise<HashList[]> => {
  const width = plan.key.columns.length
  const selects = parts.map(
    (part, index) =>
      `SELECT ${keyReads(plan.key)},${plan[side].hash},${index} FROM ${plan[side].from} WHERE ${partCondition(plan, side, part)}`
  )
  const lists: HashList[] = parts.map(() => new Map())
  for (const row of await session.cells(selects.join(' UNION ALL '))) {
    const key = keyOf(plan.key, row)
    lists[Number(row[width + 1])]?.set(keyId(key), { key, hash: row[width] ?? null })
  }
  return lists
}

/** Keys whose hashes are not certainly equal on both sides. */
export const candidateKeys = (old: HashList, fresh: HashList): KeyValue[] => {
  const keys: KeyValue[] = []
  for (const [id, row] of old) {
    const other = fresh.get(id)
    if (!other || row.hash === null || other.hash !== row.hash) keys.push(row.key)
  }
  for (const [id, row] of fresh) if (!old.has(id)) keys.push(row.key)
  return keys
}

const readWhere = async (
  session: CompareSession,
  plan: TablePlan,
  side: Side,
  condition: string
): Promise<RowRead[]> => {
  const width = plan.key.columns.length
  const cells = await session.cells(
    `SELECT ${keyReads(plan.key)},${plan[side].columnHashes},${plan[side].shows.join(',')} FROM ${plan[side].from} WHERE ${condition}`
  )
  return cells.map((row) => ({
    id: keyId(keyOf(plan.key, row)),
    hashes: (row[width] ?? '').split(','),
    values: row.slice(width + 1)
  }))
}

/** The first rows of a range in key order. */
export const readRangeRows = (
  session: CompareSession,
  plan: TablePlan,
  side: Side,
  range: KeyRange,
  limit: number
): Promise<RowRead[]> =>
  readWhere(session, plan, side, `${rangeCondition(plan.key, range)} ORDER BY ${keyOrder(plan.key)} LIMIT ${limit}`)

/** The rows with these keys, by the id of the key asked for. The server's collation decides which row a key means. */
export const readRows = async (
  session: CompareSession,
  plan: TablePlan,
  side: Side,
  keys: KeyValue[]
): Promise<Map<string, RowRead | null>> => {
  const rows = await readWhere(session, plan, side, keysCondition(plan.key, keys))
  const byId = new Map(rows.map((row) => [row.id, row]))
  const found = new Map<string, RowRead | null>(keys.map((key) => [keyId(key), byId.get(keyId(key)) ?? null]))
  const without = keys.filter((key) => !byId.has(keyId(key)))
  // A row can answer under another spelling of its key (case, accent, trailing blank): then it is found key by key.
  if (without.length === 0 || rows.length === 0) return found
  const others = await readWhere(session, plan, side, keysCondition(plan.key, without))
  if (others.length === 0) return found
  for (const key of without) {
    const [row] = await readWhere(session, plan, side, keysCondition(plan.key, [key]))
    found.set(keyId(key), row ?? null)
  }
  return found
}

/** Columns in which two reads of a row differ; [] only when they are the same. */
export const differingColumns = (plan: TablePlan, a: RowRead, b: RowRead): string[] =>
  plan.columns.filter((_, index) => a.values[index] !== b.values[index] || a.hashes[index] !== b.hashes[index])

/** Equal in every column, and every value could be read. */
export const sameRow = (plan: TablePlan, a: RowRead | null, b: RowRead | null): boolean =>
  a === null || b === null
    ? a === b
    : differingColumns(plan, a, b).length === 0 && !a.values.some((value) => value === unreadable)

const record = (plan: TablePlan, row: RowRead): Record<string, string | null> =>
  Object.fromEntries(plan.columns.map((column, index) => [column, row.values[index] ?? null]))

/** Two reads that are not the same, as it is shown to a person; null when they are the same. */
export const rowDifference = (plan: TablePlan, old: RowRead | null, fresh: RowRead | null): RowDifference | null => {
  const shown = old ?? fresh
  if (!shown) return null
  const columns = old && fresh ? differingColumns(plan, old, fresh) : []
  const values = record(plan, shown)
  const key = Object.fromEntries(plan.keyColumns.map((column) => [column, values[column] ?? null]))
  if (old && fresh && columns.length === 0) return null
  return {
    kind: old && fresh ? 'changed' : old ? 'missing' : 'extra',
    key,
    old: old && record(plan, old),
    new: fresh && record(plan, fresh),
    columns
  }
}
