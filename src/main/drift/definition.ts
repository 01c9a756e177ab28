import { quoteText } from '../mysql/identifiers'
import type { CompareSession } from './compare-session'
import type { TableFacts } from './schema-facts'

/** What must not change while a table is compared, as one text. */
export const definitionOf = (table: TableFacts): string =>
  table.columns
    .map((column) => [column.name, column.columnType, column.collation ?? '', column.extra].join(' '))
    .join('\n')

/** The same of the table as it is now; '' when it is gone. */
export const readDefinition = async (session: CompareSession, schema: string, table: string): Promise<string> => {
  const cells = await session.cells(
    `SELECT COLUMN_NAME,COLUMN_TYPE,COLLATION_NAME,EXTRA FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ${quoteText(schema)} AND TABLE_NAME = ${quoteText(table)} ORDER BY ORDINAL_POSITION`
  )
  return cells.map((row) => row.map((cell) => cell ?? '').join(' ')).join('\n')
}
