import { quoteId } from '../mysql/identifiers'
import { charsetName, collationName } from './canonical'
import { type ColumnForm, formOf } from './column-form'
import type { ColumnFacts, IndexFacts, TableFacts } from './schema-facts'

/** One column of the key: how its value is read and how the text read becomes SQL again. */
export interface KeyColumn {
  name: string
  sql: string
  form: ColumnForm
  /** Reads a text from which `literal` makes SQL that means exactly the same value. */
  read: string
  literal(text: string): string
}

/** The columns rows are found and ordered by, in the server's own order, the same on both sides. */
export interface TableKey {
  columns: KeyColumn[]
  /** Index name on each side; forced, so that ranges are read from it. */
  index: { old: string; new: string }
}

export type KeyChoice = { kind: 'key'; key: TableKey } | { kind: 'none'; why: string }

/** Values of one key as SQL literals, one per key column. */
export type KeyValue = readonly string[]

const number = /^-?\d+(\.\d+)?$/
const plainText = /^[0-9A-Za-z:. -]+$/
const hex = /^([0-9A-F]{2})*$/i

const checked = (text: string, pattern: RegExp, make: (text: string) => string): string => {
  if (!pattern.test(text)) throw new Error(`a key value has an unexpected form: ${text.slice(0, 60)}`)
  return make(text)
}

const keyColumn = (column: ColumnFacts): KeyColumn | null => {
  const sql = quoteId(column.name)
  const form = formOf(column)
  const base = { name: column.name, sql, form }
  switch (form) {
    case 'integer':
    case 'decimal':
    case 'year':
      return { ...base, read: sql, literal: (text) => checked(text, number, (value) => value) }
    case 'bit':
    case 'name':
      // Enumerations are ordered by their number, and so is their index.
      return { ...base, read: `(${sql}+0)`, literal: (text) => checked(text, number, (value) => value) }
    case 'date':
    case 'datetime':
    case 'time':
      return { ...base, read: sql, literal: (text) => checked(text, plainText, (value) => `'${value}'`) }
    case 'plain':
      return {
        ...base,
        read: `CAST(${sql} AS CHAR)`,
        literal: (text) => checked(text, plainText, (value) => `'${value}'`)
      }
    case 'text': {
      const introducer = `_${checked(column.charset ?? '', /^[a-z0-9]+$/, (value) => value)}`
      // Bytes, so that quotes, backslashes, NUL and every sql_mode mean the same.
      return {
        ...base,
        read: `HEX(CAST(${sql} AS BINARY))`,
        literal: (text) => checked(text, hex, (value) => `${introducer} X'${value}'`)
      }
    }
    case 'binary':
      return { ...base, read: `HEX(${sql})`, literal: (text) => checked(text, hex, (value) => `X'${value}'`) }
    case 'float':
    case 'json':
    case 'bytes-only':
    case 'unknown':
      return null
  }
  return form satisfies never
}

const columnsOf = (table: TableFacts, index: IndexFacts): ColumnFacts[] | null => {
  const columns: ColumnFacts[] = []
  for (const part of index.parts) {
    const column = table.columns.find((candidate) => candidate.name === part.column)
    if (!column || part.prefix !== null || column.nullable) return null
    columns.push(column)
  }
  return columns
}

/** Reasons why the two sides would not order or match this key alike. */
const disagreement = (old: ColumnFacts, fresh: ColumnFacts): string | null => {
  const forms = { old: formOf(old), new: formOf(fresh) }
  const alike =
    forms.old === forms.new || [forms.old, forms.new].every((form) => form === 'integer' || form === 'decimal')
  if (!alike) return `key column ${old.name} is ${old.columnType} on the old side and ${fresh.columnType} on the new`
  if (forms.old === 'name' && old.columnType !== fresh.columnType)
    return `key column ${old.name} lists other values on the two sides`
  if (
    forms.old === 'text' &&
    (charsetName(old.charset) !== charsetName(fresh.charset) ||
      collationName(old.collation) !== collationName(fresh.collation))
  )
    return `key column ${old.name} is ordered by ${old.collation} on the old side and by ${fresh.collation} on the new`
  return null
}

/** The primary key, or a unique key without NULLs, that both sides have and order alike. */
export const chooseKey = (old: TableFacts, fresh: TableFacts): KeyChoice => {
  const reasons: string[] = []
  const candidates = old.indexes
    .filter((index) => index.unique && index.usable)
    .sort((a, b) => Number(b.name === 'PRIMARY') - Number(a.name === 'PRIMARY') || a.parts.length - b.parts.length)
  for (const index of candidates) {
    const oldColumns = columnsOf(old, index)
    if (!oldColumns) {
      reasons.push(`key ${index.name} can hold NULL or covers only the beginning of a column`)
      continue
    }
    const names = oldColumns.map((column) => column.name.toLowerCase()).join(',')
    const twin = fresh.indexes.find(
      (other) =>
        other.unique &&
        other.usable &&
        columnsOf(fresh, other)
          ?.map((column) => column.name.toLowerCase())
          .join(',') === names
    )
    if (!twin) {
      reasons.push(`key ${index.name} does not exist on the new side`)
      continue
    }
    const newColumns = columnsOf(fresh, twin) ?? []
    const conflict = oldColumns.flatMap((column, at) => {
      const other = newColumns[at]
      return other ? (disagreement(column, other) ?? []) : []
    })
    if (conflict[0]) {
      reasons.push(conflict[0])
      continue
    }
    const columns = oldColumns.map(keyColumn)
    const usable = columns.filter((column) => column !== null)
    if (usable.length !== columns.length) {
      reasons.push(`key ${index.name} holds floating-point numbers, which cannot be looked up exactly`)
      continue
    }
    return { kind: 'key', key: { columns: usable, index: { old: index.name, new: twin.name } } }
  }
  return { kind: 'none', why: reasons[0] ?? 'it has neither a primary key nor a unique key without NULLs' }
}

/** True when ranges can be made by arithmetic: one integer column. */
export const isIntegerKey = (key: TableKey): boolean => key.columns.length === 1 && key.columns[0]?.form === 'integer'
