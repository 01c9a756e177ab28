import { createHash } from 'node:crypto'
import { quoteText } from '../mysql/identifiers'
import type { CompareSession } from './compare-session'
import type { TableFacts } from './schema-facts'

/** What must not change while a table is compared, as one text. */
const definitionOf = (table: TableFacts): string =>
  table.columns
    .map((column) => [column.name, column.columnType, column.collation ?? '', column.extra].join(' '))
    .join('\n')

const digest = (text: string): string => createHash('sha256').update(text).digest('base64').slice(0, 16)

/** Tables of one shape share their columns. */
const known = new WeakMap<TableFacts['columns'], string>()

/** A short text that changes with the definition of a table. */
export const definitionMark = (table: TableFacts): string => {
  const mark = known.get(table.columns) ?? digest(definitionOf(table))
  known.set(table.columns, mark)
  return mark
}

/** The same of the table as it is now; '' when it is gone. */
export const readDefinitionMark = async (session: CompareSession, schema: string, table: string): Promise<string> => {
  const cells = await session.cells(
    `SELECT COLUMN_NAME,COLUMN_TYPE,COLLATION_NAME,EXTRA FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ${quoteText(schema)} AND TABLE_NAME = ${quoteText(table)} ORDER BY ORDINAL_POSITION`
  )
  return cells.length === 0 ? '' : digest(cells.map((row) => row.map((cell) => cell ?? '').join(' ')).join('\n'))
}
