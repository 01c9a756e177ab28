import type { ColumnRead } from './canonical'

const part = (column: ColumnRead): string =>
  column.framed
    ? `IF(${column.sql} IS NULL,'N',CONCAT(OCTET_LENGTH(${column.canonical}),':',${column.canonical}))`
    : `IFNULL(${column.canonical},'N'),','`

/** `quick`: a product of two CRC32. `strong`: 60 bits of SHA-256, about three times the work. */
export type RowHashKind = 'quick' | 'strong'

/**
 * One row as a 64-bit number: CRC32(key + first half) * CRC32(key + second half). The product is not linear, so equal
 * changes on many rows do not cancel out. NULL when a row is too large for the server to concatenate.
 */
export const rowHash = (key: ColumnRead[], others: ColumnRead[], kind: RowHashKind = 'quick'): string => {
  if (kind === 'strong')
    return `CAST(CONV(LEFT(SHA2(CONCAT(${[...key, ...others].map(part).join(',')}),256),15),16,10) AS UNSIGNED)`
  const middle = Math.ceil(others.length / 2)
  const half = (columns: ColumnRead[], mark: string): string =>
    `CONCAT(${[`'${mark}'`, ...[...key, ...columns].map(part)].join(',')})`
  const second = others.slice(middle)
  // A table of one column has no second half: its bytes are read backwards instead.
  const other = key.length + second.length === 0 ? `REVERSE(${half(others, 'b')})` : half(second, 'b')
  return `(CRC32(${half(others.slice(0, middle), 'a')})*CRC32(${other}))`
}

/** A number of the key alone. */
export const keyHash = (key: ColumnRead[]): string =>
  key.length === 0 ? '0' : `CRC32(CONCAT(${["'k'", ...key.map(part)].join(',')}))`

/** One number per column ('N' for NULL or too large), to name the columns that differ when their shown texts do not. */
export const columnHashes = (columns: ColumnRead[]): string =>
  `CONCAT_WS(',',${columns.map((column) => `IFNULL(CRC32(${column.canonical}),'N')`).join(',')})`

/** 10^30: added to each hash, so that one SUM carries the count of hashed rows above it and the sum of hashes below. */
const step = 1_000_000_000_000_000_000_000_000_000_000n

/** The aggregates of one range: COUNT(*) and one SUM that holds COUNT(h) and SUM(h). */
export const aggregateColumns = (hash: string): string => `COUNT(*),${sumColumn(hash)}`

/** The SUM alone. */
export const sumColumn = (hash: string): string => `SUM(${hash}+${step})`

/** Rows of a range, how many of them could be hashed, and the sum of their hashes as text. */
export interface RangeSum {
  rows: number
  hashed: number
  sum: string
}

/** Reads the two texts of `aggregateColumns`. */
export const rangeSum = (count: string | null, packed: string | null): RangeSum => {
  const total = BigInt((packed ?? '0').split('.')[0] ?? '0')
  return { rows: Number(count ?? '0'), hashed: Number(total / step), sum: String(total % step) }
}

/** The two texts of one group, without making numbers of them: equal, and every row hashed. */
export const sameTexts = (count: string, a: string, b: string): boolean => a === b && a.slice(0, -30) === count

/** Equal only when every row was hashed on both sides: a row too large to hash is looked at by itself. */
export const sameSums = (a: RangeSum, b: RangeSum): boolean =>
  a.rows === b.rows && a.sum === b.sum && a.hashed === a.rows && b.hashed === b.rows
