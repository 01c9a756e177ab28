import type { Row } from './session'

export interface ResultList {
  columns: string[]
  rows: (string | null)[][]
  records(): Row[]
}

const columnsOf = (fields: unknown): string[] =>
  Array.isArray(fields) ? fields.map((field: { name: string }) => field.name) : []

const listOf = (rows: unknown, fields: unknown): ResultList => {
  const columns = columnsOf(fields)
  // A statement without rows answers a header object.
  const values = Array.isArray(rows) ? (rows as (string | null)[][]) : []
  return {
    columns,
    rows: values,
    // fromEntries defines own properties, so that a column named __proto__ stays a column.
    records: () => values.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])))
  }
}

/** The driver's answer as one list per statement; it answers a single result bare and several as arrays. */
export const readResults = (rows: unknown, fields: unknown): ResultList[] => {
  const several = Array.isArray(fields) && (fields[0] === undefined || Array.isArray(fields[0]))
  if (!several || !Array.isArray(rows)) return [listOf(rows, fields)]
  return rows.map((list, index) => listOf(list, (fields as unknown[])[index]))
}
