import { stringify } from 'csv-stringify/sync'
import type { RowDifference } from '../../shared/drift'
import { isPersonal, masked } from '../../shared/personal-data'

type Values = Record<string, string | null>

/** As MySQL itself writes NULL in such files. */
const csvNull = '\\N'

const maskedRow = (table: string, keys: ReadonlySet<string>, values: Values | null): Values | null =>
  values &&
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value !== null && !keys.has(name) && isPersonal(table, name) ? masked(value) : value
    ])
  )

/**
 * Differing rows as a file. CSV: a line for each side that has the row, NULL as `\N`, and no value that a spreadsheet
 * would take for a formula. JSON: as they were found. `mask`: values of columns with telling names are made unknowable.
 */
export const rowsText = (
  { schema, table }: { schema: string; table: string },
  rows: readonly RowDifference[],
  format: 'csv' | 'json',
  mask: boolean
): string => {
  const shown = rows.map((row): RowDifference => {
    if (!mask) return row
    const keys = new Set(Object.keys(row.key))
    return { ...row, old: maskedRow(table, keys, row.old), new: maskedRow(table, keys, row.new) }
  })
  if (format === 'json') return `${JSON.stringify({ schema, table, masked: mask, rows: shown }, null, 2)}\n`
  const columns = [
    ...new Set(shown.flatMap((row) => [...Object.keys(row.key), ...Object.keys(row.old ?? row.new ?? {})]))
  ]
  const lines = shown.flatMap((row) =>
    (['old', 'new'] as const).flatMap((side) => {
      const values = row[side]
      if (!values) return []
      const all: Values = { ...row.key, ...values }
      return [[row.kind, side, row.columns.join(' '), ...columns.map((column) => all[column] ?? csvNull)]]
    })
  )
  return stringify([['difference', 'site', 'differs in', ...columns], ...lines], { escape_formulas: true })
}
