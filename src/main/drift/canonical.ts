import { quoteId } from '../mysql/identifiers'
import { type ColumnForm, formOf } from './column-form'
import type { ColumnFacts } from './schema-facts'

/** One column as it is read on one side: SQL texts that mean the same value on both servers. */
export interface ColumnRead {
  name: string
  sql: string
  /** Canonical value: NULL for NULL, otherwise digits, a date, or bytes. */
  canonical: string
  /** The same bytes inside a text that is joined as binary. */
  bytes: string
  /** The value can hold any byte, so that where it ends must be said. */
  framed: boolean
  /** The server makes the bytes of the value, and gives NULL when they become too many. */
  computed: boolean
  /** It is never NULL. */
  always: boolean
  /** An integer on both sides. */
  whole: boolean
  /** The value as a person reads it. */
  show: string
}

export type ColumnPair = { kind: 'read'; old: ColumnRead; new: ColumnRead } | { kind: 'incomparable'; why: string }

/** Values longer than this are shown and compared by length and SHA-256. */
const shownBytes = 65_536

const alias: Record<string, string> = { utf8: 'utf8mb3' }
/** `utf8` and `utf8mb3` are the same character set under two names. */
export const charsetName = (charset: string | null): string | null => charset && (alias[charset] ?? charset)
/** The same for collations. */
export const collationName = (collation: string | null): string | null =>
  collation?.replace(/^utf8_/, 'utf8mb3_') ?? null

const numeric = (form: ColumnForm): boolean => form === 'integer' || form === 'decimal'
const textual = (form: ColumnForm): boolean => form === 'text' || form === 'name'

const shorten = (sql: string, canonical: string, text: string): string =>
  `IF(OCTET_LENGTH(${canonical})>${shownBytes},CONCAT(LEFT(${text},200),'… ',OCTET_LENGTH(${sql}),' bytes, sha256 ',SHA2(${canonical},256)),${text})`

const plain = (column: ColumnFacts, canonical: string, whole = false): ColumnRead => ({
  name: column.name,
  sql: quoteId(column.name),
  canonical,
  bytes: canonical,
  framed: false,
  computed: false,
  // A cast may find no value for what the column holds.
  always: !column.nullable && !canonical.startsWith('CAST('),
  whole,
  show: canonical
})

/** `raw`: the column itself holds the canonical bytes. */
const bytes = (column: ColumnFacts, canonical: string, text: string, raw: boolean): ColumnRead => {
  const sql = quoteId(column.name)
  const large = !/^(enum|set|char|varchar|binary|varbinary)$/.test(column.dataType)
  return {
    name: column.name,
    sql,
    canonical,
    bytes: raw ? sql : canonical,
    framed: true,
    computed: !raw,
    always: !column.nullable && raw,
    whole: false,
    show: large
      ? `IF(${sql} IS NULL,NULL,COALESCE(${shorten(canonical, canonical, text)},'${unreadable}'))`
      : `IF(${sql} IS NULL,NULL,COALESCE(${text},'${unreadable}'))`
  }
}

/** Stands where a server could not render a value that is not NULL; a row that holds it is never called the same. */
export const unreadable = '‹too large for this server to render›'

const textRead = (column: ColumnFacts, asUtf8: boolean): ColumnRead => {
  const sql = quoteId(column.name)
  const text = `CONVERT(${sql} USING utf8mb4)`
  return bytes(column, asUtf8 ? `CAST(${text} AS BINARY)` : `CAST(${sql} AS BINARY)`, text, !asUtf8)
}

const sameForm = (form: ColumnForm, old: ColumnFacts, fresh: ColumnFacts): ((column: ColumnFacts) => ColumnRead) => {
  const differentDigits = old.fractionDigits !== fresh.fractionDigits
  switch (form) {
    case 'integer':
    case 'year':
      return (column) => plain(column, quoteId(column.name))
    case 'decimal':
      return (column) => plain(column, quoteId(column.name))
    case 'float':
      // FLOAT prints six digits unless it is computed as a double; then all its digits count.
      return (column) => plain(column, `(${quoteId(column.name)}+0e0)`)
    case 'bit':
      return (column) => plain(column, `(${quoteId(column.name)}+0)`)
    case 'date':
      return (column) => plain(column, quoteId(column.name))
    case 'datetime':
      return (column) =>
        plain(column, differentDigits ? `CAST(${quoteId(column.name)} AS DATETIME(6))` : quoteId(column.name))
    case 'time':
      return (column) =>
        plain(column, differentDigits ? `CAST(${quoteId(column.name)} AS TIME(6))` : quoteId(column.name))
    case 'plain':
      return (column) => plain(column, `CAST(${quoteId(column.name)} AS CHAR)`)
    case 'text':
    case 'name': {
      const asUtf8 = charsetName(old.charset) !== charsetName(fresh.charset)
      return (column) => textRead(column, asUtf8)
    }
    case 'json':
      return (column) => {
        const text = `CAST(${quoteId(column.name)} AS CHAR CHARACTER SET utf8mb4)`
        return bytes(column, `CAST(${text} AS BINARY)`, text, false)
      }
    case 'binary':
      return (column) => bytes(column, quoteId(column.name), `HEX(${quoteId(column.name)})`, true)
    case 'bytes-only':
      return (column) => bytes(column, `HEX(${quoteId(column.name)})`, `HEX(${quoteId(column.name)})`, false)
    case 'unknown':
      throw new Error(`no canonical form for ${old.dataType}`)
  }
  return form satisfies never
}

/** The reads of one column that both sides have, or why its values cannot be brought to one form. */
export const pairColumns = (old: ColumnFacts, fresh: ColumnFacts): ColumnPair => {
  const forms = { old: formOf(old), new: formOf(fresh) }
  if (forms.old === 'unknown' || forms.new === 'unknown')
    return {
      kind: 'incomparable',
      why: `${old.name} has a type Siteswap cannot compare (${old.columnType}, ${fresh.columnType})`
    }
  if (numeric(forms.old) && numeric(forms.new) && (old.numericScale ?? 0) !== (fresh.numericScale ?? 0)) {
    const scale = Math.max(old.numericScale ?? 0, fresh.numericScale ?? 0)
    const whole = Math.max(wholeDigits(old), wholeDigits(fresh))
    if (whole + scale > 65)
      return { kind: 'incomparable', why: `${old.name} is ${old.columnType} here and ${fresh.columnType} there` }
    const read = (column: ColumnFacts): ColumnRead =>
      plain(column, `CAST(${quoteId(column.name)} AS DECIMAL(65,${scale}))`)
    return { kind: 'read', old: read(old), new: read(fresh) }
  }
  if (numeric(forms.old) && numeric(forms.new)) {
    const whole = forms.old === 'integer' && forms.new === 'integer'
    return { kind: 'read', old: plain(old, quoteId(old.name), whole), new: plain(fresh, quoteId(fresh.name), whole) }
  }
  if (textual(forms.old) && textual(forms.new)) {
    const asUtf8 = charsetName(old.charset) !== charsetName(fresh.charset)
    return { kind: 'read', old: textRead(old, asUtf8), new: textRead(fresh, asUtf8) }
  }
  if (forms.old !== forms.new)
    return {
      kind: 'incomparable',
      why: `${old.name} is ${old.columnType} on one side and ${fresh.columnType} on the other`
    }
  const read = sameForm(forms.old, old, fresh)
  return { kind: 'read', old: read(old), new: read(fresh) }
}

const wholeDigits = (column: ColumnFacts): number => {
  const decimal = /^decimal\((\d+),(\d+)\)/.exec(column.columnType)
  return decimal ? Number(decimal[1]) - Number(decimal[2]) : 20
}
