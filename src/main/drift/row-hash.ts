import type { ColumnRead } from './canonical'

type Mark = ',' | ';'

const textOf = ({ bytes, always }: ColumnRead): string => (always ? bytes : `IFNULL(${bytes},'N')`)
const lengthOf = ({ bytes, always }: ColumnRead): string =>
  always ? `OCTET_LENGTH(${bytes})` : `IFNULL(OCTET_LENGTH(${bytes}),'N')`
/** NULL when the server cannot make the text, so that the row counts as one that could not be hashed. */
const computed = ({ sql, canonical }: ColumnRead): string =>
  `IF(${sql} IS NULL,'N',CONCAT(OCTET_LENGTH(${canonical}),':',${canonical}))`

/**
 * All values as one text that no other values give. Numbers and dates hold no mark; a text has its length before it,
 * but for the last one: CONCAT_WS leaves out a NULL with its mark, and puts the mark before an empty text.
 */
const joined = (columns: readonly ColumnRead[], mark: Mark = ','): string => {
  const hard = columns.filter((column) => column.framed && column.computed)
  const texts = columns.filter((column) => column.framed && !column.computed)
  const parts = columns.filter((column) => !column.framed).map(textOf)
  texts.forEach((text, index) => {
    const bare = index === texts.length - 1 && hard.length === 0 && (parts.length > 0 || text.always)
    parts.push(...(bare ? [text.bytes] : [lengthOf(text), text.bytes]))
  })
  // The mark tells the halves apart, so it must be there at least once.
  if (parts.length === 1 || hard.length === 1) parts.unshift("''")
  // Binary, and stronger than the collation of any column: text is joined as the bytes it is.
  const easy = parts.length > 0 ? [`CONCAT_WS(_binary'${mark}' COLLATE \`binary\`,${parts.join(',')})`] : []
  return hard.length === 0 ? easy.join() : `CONCAT(${[...easy, ...hard.map(computed)].join(`,'${mark}',`)})`
}

/** `quick`: a product of two CRC32. `strong`: 60 bits of SHA-256, about three times the work. */
export type RowHashKind = 'quick' | 'strong'

/** Every second column of its kind, so that both halves have about as many texts. */
const halves = (columns: readonly ColumnRead[]): [ColumnRead[], ColumnRead[]] => {
  const sorted = [...columns.filter((column) => column.framed), ...columns.filter((column) => !column.framed)]
  return [sorted.filter((_, index) => index % 2 === 0), sorted.filter((_, index) => index % 2 === 1)]
}

/**
 * One row as a 64-bit number: CRC32(key + half of the columns) * CRC32(key + other half). The product is not linear, so
 * equal changes on many rows do not cancel out, and the halves have marks of their own, so that values that changed
 * places between them count. NULL when a row is too large for the server to concatenate.
 */
export const rowHash = (key: ColumnRead[], others: ColumnRead[], kind: RowHashKind = 'quick'): string => {
  if (kind === 'strong') return `CAST(CONV(LEFT(SHA2(${joined([...key, ...others])},256),15),16,10) AS UNSIGNED)`
  const [first, second] = halves(others)
  // A table of one column has no second half: its bytes are read backwards instead.
  const other = key.length + second.length === 0 ? `REVERSE(${joined(first)})` : joined([...key, ...second], ';')
  return `(CRC32(${joined([...key, ...first])})*CRC32(${other}))`
}

/** A number of the key alone. */
export const keyHash = (key: ColumnRead[]): string => {
  const [only] = key
  if (!only) return '0'
  return key.length === 1 && only.whole ? only.sql : `CRC32(${joined(key)})`
}

/** One number per column ('N' for NULL or too large), to name the columns that differ when their shown texts do not. */
export const columnHashes = (columns: ColumnRead[]): string =>
  `CONCAT_WS(',',${columns.map((column) => `IFNULL(CRC32(${column.canonical}),'N')`).join(',')})`

/**
 * How hashes are summed. `counted`: one SUM that also tells how many rows could be hashed. `plain`: BIT_XOR, a fifth
 * faster, for tables whose rows are told apart by a key and always small enough to be hashed.
 */
export type SumKind = 'counted' | 'plain'

/** 10^30: added to each hash, so that one SUM carries the count of hashed rows above it and the sum of hashes below. */
const step = 1_000_000_000_000_000_000_000_000_000_000n

/** The aggregates of one range: COUNT(*) and the sum. */
export const aggregateColumns = (hash: string, kind: SumKind): string => `COUNT(*),${sumColumn(hash, kind)}`

/** The sum alone. */
export const sumColumn = (hash: string, kind: SumKind): string =>
  kind === 'plain' ? `BIT_XOR(${hash})` : `SUM(${hash}+${step})`

/** Rows of a range, how many of them could be hashed, and the sum of their hashes as text. */
export interface RangeSum {
  rows: number
  hashed: number
  sum: string
}

/** Reads the two texts of `aggregateColumns`. */
export const rangeSum = (count: string | null, sum: string | null, kind: SumKind = 'counted'): RangeSum => {
  const rows = Number(count ?? '0')
  if (kind === 'plain') return { rows, hashed: rows, sum: sum ?? '0' }
  const total = BigInt((sum ?? '0').split('.')[0] ?? '0')
  return { rows, hashed: Number(total / step), sum: String(total % step) }
}

/** The two texts of one group's counted sum, without making numbers of them: equal, and every row hashed. */
export const sameTexts = (count: string, a: string, b: string): boolean => a === b && a.slice(0, -30) === count

/** Equal only when every row was hashed on both sides: a row too large to hash is looked at by itself. */
export const sameSums = (a: RangeSum, b: RangeSum): boolean =>
  a.rows === b.rows && a.sum === b.sum && a.hashed === a.rows && b.hashed === b.rows
