import { quoteId } from '../mysql/identifiers'
import { charsetName } from './canonical'
import { formOf } from './column-form'
import type { ColumnFacts } from './schema-facts'

/** How one column's value is read so that a statement can hold exactly the same value. */
export interface RepairColumn {
  name: string
  sql: string
  /** Reads a text from which `literal` makes SQL. */
  read: string
  literal(text: string | null): string
  /** A condition that only this value meets, byte for byte. */
  is(text: string | null): string
}

const number = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i
const plainText = /^[0-9A-Za-z:. -]*$/
const hex = /^([0-9A-F]{2})*$/i

const checked = (text: string, pattern: RegExp): string => {
  if (!pattern.test(text)) throw new Error(`a value has an unexpected form: ${text.slice(0, 60)}`)
  return text
}

/** A column that the server computes must not be written. */
export const isComputed = (column: ColumnFacts): boolean =>
  column.generation !== '' || /\b(virtual|stored|persistent)\b/i.test(column.extra)

/** The reading of one column, or null when no literal means exactly its values. */
export const repairColumn = (column: ColumnFacts): RepairColumn | null => {
  const sql = quoteId(column.name)
  const make = (
    read: string,
    literal: (text: string) => string,
    is: (literal: string) => string = (value) => `${sql} <=> ${value}`
  ): RepairColumn => ({
    name: column.name,
    sql,
    read,
    literal: (text) => (text === null ? 'NULL' : literal(text)),
    is: (text) => (text === null ? `${sql} IS NULL` : is(literal(text)))
  })
  const bytes = (text: string): string => `X'${checked(text, hex)}'`
  const form = formOf(column)
  switch (form) {
    case 'integer':
    case 'decimal':
    case 'year':
      return make(sql, (text) => checked(text, number))
    case 'float':
      return make(
        `(${sql}+0e0)`,
        (text) => checked(text, number),
        (value) => `(${sql}+0e0) <=> ${value}`
      )
    case 'bit':
    case 'name':
      return make(
        `(${sql}+0)`,
        (text) => checked(text, number),
        (value) => `(${sql}+0) <=> ${value}`
      )
    case 'date':
    case 'datetime':
    case 'time':
      return make(sql, (text) => `'${checked(text, plainText)}'`)
    case 'plain':
      return make(`CAST(${sql} AS CHAR)`, (text) => `'${checked(text, plainText)}'`)
    case 'text': {
      const charset = checked(charsetName(column.charset) ?? '', /^[a-z0-9]+$/)
      return make(
        `HEX(CAST(${sql} AS BINARY))`,
        (text) => `_${charset} ${bytes(text)}`,
        (value) => `CAST(${sql} AS BINARY) <=> ${value.slice(value.indexOf(' ') + 1)}`
      )
    }
    case 'json':
      return make(
        `HEX(CAST(CAST(${sql} AS CHAR CHARACTER SET utf8mb4) AS BINARY))`,
        (text) => `_utf8mb4 ${bytes(text)}`,
        (value) =>
          `CAST(CAST(${sql} AS CHAR CHARACTER SET utf8mb4) AS BINARY) <=> ${value.slice(value.indexOf(' ') + 1)}`
      )
    case 'binary':
      return make(`HEX(${sql})`, bytes)
    case 'bytes-only':
      return make(`HEX(${sql})`, bytes, (value) => `HEX(${sql}) <=> '${value.slice(2, -1)}'`)
    case 'unknown':
      return null
  }
  return form satisfies never
}
