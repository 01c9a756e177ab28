import type { KeyColumn, KeyValue, TableKey } from './table-key'

/** Rows after `after` (exclusive) up to `upTo` (inclusive); null is open-ended. */
export interface KeyRange {
  after: KeyValue | null
  upTo: KeyValue | null
}

const at = (value: KeyValue, index: number): string => {
  const literal = value[index]
  if (literal === undefined) throw new Error('a key value has too few columns')
  return literal
}

/** `(a, b) > (1, 2)` written so that the optimiser reads a range: `a >= 1 AND (a > 1 OR (a = 1 AND (b > 2)))`. */
const compare = (columns: KeyColumn[], value: KeyValue, sign: '>' | '<', inclusive: boolean, from = 0): string => {
  const sql = columns[from]?.sql ?? ''
  const literal = at(value, from)
  if (from === columns.length - 1) return `${sql} ${sign}${inclusive ? '=' : ''} ${literal}`
  const rest = compare(columns, value, sign, inclusive, from + 1)
  return `${sql} ${sign}= ${literal} AND (${sql} ${sign} ${literal} OR (${sql} = ${literal} AND ${rest}))`
}

/** The rows of a range as a condition; `1` when it is open on both ends. */
export const rangeCondition = (key: TableKey, range: KeyRange): string => {
  const parts: string[] = []
  if (range.after) parts.push(`(${compare(key.columns, range.after, '>', false)})`)
  if (range.upTo) parts.push(`(${compare(key.columns, range.upTo, '<', true)})`)
  return parts.join(' AND ') || '1'
}

/** The rows with one of these keys. The server decides what is equal, in its own collation. */
export const keysCondition = (key: TableKey, values: KeyValue[]): string => {
  const only = key.columns.length === 1 ? key.columns[0] : undefined
  if (only) return `${only.sql} IN (${values.map((value) => at(value, 0)).join(',')})`
  return values
    .map((value) => `(${key.columns.map((column, index) => `${column.sql} = ${at(value, index)}`).join(' AND ')})`)
    .join(' OR ')
}

/** Key columns in index order. */
export const keyOrder = (key: TableKey): string => key.columns.map((column) => column.sql).join(',')

/** The columns to select so that `keyOf` can read the key again. */
export const keyReads = (key: TableKey): string => key.columns.map((column) => column.read).join(',')

/** The first cells of a row as a key. */
export const keyOf = (key: TableKey, cells: readonly (string | null | undefined)[]): KeyValue =>
  key.columns.map((column, index) => {
    const text = cells[index]
    if (text === null || text === undefined) throw new Error(`key column ${column.name} holds NULL`)
    return column.literal(text)
  })

/** One text per key, for maps. */
export const keyId = (value: KeyValue): string => value.join('\u0001')
