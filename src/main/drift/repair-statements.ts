import type { RepairColumn } from './repair-values'

/** One differing row as both sides hold it: texts as `RepairColumn.read` gives them, in the order of the columns. */
export interface RepairRow {
  active: readonly (string | null)[] | null
  passive: readonly (string | null)[] | null
}

export interface RepairTable {
  /** `` `shop`.`orders` `` on the passive side. */
  into: string
  /** Columns written, as each side reads them. */
  columns: readonly { active: RepairColumn; passive: RepairColumn; isKey: boolean; sameBytes: boolean }[]
}

export interface RepairPair {
  statement: string
  undo: string
}

const at = (row: readonly (string | null)[], index: number): string | null => row[index] ?? null

/** The statement that makes one row of the passive side like the active one, and the one that takes it back. Null: equal. */
export const repairStatements = ({ into, columns }: RepairTable, { active, passive }: RepairRow): RepairPair | null => {
  if (!active && !passive) return null
  const names = columns.map((column) => column.passive.sql).join(', ')
  const fromActive = (row: readonly (string | null)[]): string[] =>
    columns.map((column, index) => column.active.literal(at(row, index)))
  const fromPassive = (row: readonly (string | null)[]): string[] =>
    columns.map((column, index) => column.passive.literal(at(row, index)))
  const isPassive = (row: readonly (string | null)[]): string =>
    columns.map((column, index) => column.passive.is(at(row, index))).join(' AND ')
  /** What was written, told by the columns that keep the same bytes on both sides. */
  const isWritten = (row: readonly (string | null)[]): string =>
    columns
      .flatMap((column, index) => (column.sameBytes || column.isKey ? [column.passive.is(at(row, index))] : []))
      .join(' AND ')
  const keyOf = (values: string[]): string =>
    columns.flatMap((column, index) => (column.isKey ? [`${column.passive.sql} = ${values[index]}`] : [])).join(' AND ')
  const insert = (values: string[]): string =>
    `INSERT INTO ${into} (${names}) SELECT ${values.join(', ')} FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM ${into} WHERE ${keyOf(values)})`
  const set = (values: string[]): string =>
    columns.map((column, index) => `${column.passive.sql} = ${values[index]}`).join(', ')
  if (active && !passive)
    return {
      statement: insert(fromActive(active)),
      undo: `DELETE FROM ${into} WHERE ${keyOf(fromActive(active))} AND ${isWritten(active)}`
    }
  if (passive && !active)
    return {
      statement: `DELETE FROM ${into} WHERE ${keyOf(fromPassive(passive))} AND ${isPassive(passive)}`,
      undo: insert(fromPassive(passive))
    }
  if (!active || !passive) return null
  return {
    statement: `UPDATE ${into} SET ${set(fromActive(active))} WHERE ${keyOf(fromPassive(passive))} AND ${isPassive(passive)}`,
    undo: `UPDATE ${into} SET ${set(fromPassive(passive))} WHERE ${keyOf(fromActive(active))} AND ${isWritten(active)}`
  }
}
