import { quoteText } from '../mysql/identifiers'
import type { Row } from '../mysql/session'
import type { CompareSession } from './compare-session'
import { readPartitions } from './read-partitions'
import type { ColumnFacts, IndexFacts, TableFacts } from './schema-facts'

const text = (row: Row, name: string): string => row[name] ?? ''
const numberOrNull = (value: string | null | undefined): number | null => (value == null ? null : Number(value))
const yes = (value: string | null | undefined): boolean => value?.toUpperCase() === 'YES'

/** A hundred thousand tables have a million columns: their rows are not held at once. */
const tablesPerLook = 250

/** Conditions that together name every table, each as many as are looked at at once. */
export const portionsOf = (names: readonly (readonly [schema: string, table: string])[]): string[] => {
  const schemas = new Map<string, string[]>()
  for (const [schema, table] of names) {
    const tables = schemas.get(schema)
    if (tables) tables.push(table)
    else schemas.set(schema, [table])
  }
  const portions: string[] = []
  let small: string[] = []
  let held = 0
  const close = (): void => {
    if (small.length > 0) portions.push(`TABLE_SCHEMA IN (${small.map(quoteText).join(',')})`)
    small = []
    held = 0
  }
  for (const [schema, tables] of schemas) {
    if (held + tables.length > tablesPerLook) close()
    if (tables.length <= tablesPerLook) {
      small.push(schema)
      held += tables.length
      continue
    }
    for (let from = 0; from < tables.length; from += tablesPerLook) {
      const some = tables.slice(from, from + tablesPerLook)
      portions.push(`TABLE_SCHEMA = ${quoteText(schema)} AND TABLE_NAME IN (${some.map(quoteText).join(',')})`)
    }
  }
  close()
  return portions
}

/** Tables of one shape share what they have in common. */
type Pool = <T>(value: T) => T
const makePool = (): Pool => {
  const known = new Map<string, unknown>()
  return <T>(value: T): T => {
    const text = JSON.stringify(value)
    const same = known.get(text)
    // Equal texts of plain data are equal data.
    if (same !== undefined) return same as T
    known.set(text, value)
    return value
  }
}

/** All tables of some schemas, read in portions. `among`: `IN ('shop')`. */
export const readTables = async (session: CompareSession, among: string): Promise<TableFacts[]> => {
  const names = await session.cells(
    `SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA ${among} AND TABLE_TYPE IN ('BASE TABLE','SYSTEM VERSIONED','SEQUENCE') ORDER BY 1, 2`
  )
  const pool = makePool()
  const words = await tableWords(session)
  const tables = new Map<string, TableFacts>()
  // The catalogue compares names without regard to case: two that differ only in it come twice.
  for (const which of portionsOf(names.map((row) => [row[0] ?? '', row[1] ?? ''] as const)))
    for (const table of await readPortion(session, which, words, pool))
      tables.set(`${table.schema}\u0000${table.name}`, table)
  return [...tables.values()]
}

const readPortion = async (
  session: CompareSession,
  which: string,
  words: TableWords,
  pool: Pool
): Promise<TableFacts[]> => {
  const rows = await session.rows(
    `SELECT TABLE_SCHEMA AS s, TABLE_NAME AS t, TABLE_TYPE AS type, ENGINE AS engine, TABLE_COLLATION AS collation, CREATE_OPTIONS AS options, TABLE_COMMENT AS comment, TABLE_ROWS AS estimate, IFNULL(DATA_LENGTH,0)+IFNULL(INDEX_LENGTH,0) AS bytes, UPDATE_TIME AS updated FROM information_schema.TABLES WHERE ${which} AND TABLE_TYPE IN ('BASE TABLE','SYSTEM VERSIONED','SEQUENCE') ORDER BY 1, 2`
  )
  const columns = grouped(await readColumnRows(session, which, words), columnOf)
  const indexes = await readIndexes(session, which, words)
  const partitions = await readPartitions(session, which)
  return rows.map((row) => {
    const id = tableId(row)
    return {
      schema: pool(text(row, 's')),
      name: text(row, 't'),
      type: pool(text(row, 'type')),
      engine: pool(text(row, 'engine')),
      collation: pool(text(row, 'collation')),
      partitioned: /\bpartitioned\b/i.test(text(row, 'options')),
      partitions: partitions.get(id) ?? '',
      comment: text(row, 'comment'),
      rows: Number(row.estimate ?? '0'),
      bytes: Number(row.bytes ?? '0'),
      updated: row.updated ?? null,
      columns: pool(columns.get(id) ?? []),
      indexes: pool(indexes.get(id) ?? [])
    }
  })
}

/** What a server's own catalogue has under another name, or not at all. */
interface TableWords {
  generation: string
  digits: string
  visible: string
}

const tableWords = async (session: CompareSession): Promise<TableWords> => ({
  generation: (await hasColumn(session, 'COLUMNS', 'GENERATION_EXPRESSION')) ? 'GENERATION_EXPRESSION' : "''",
  digits: (await hasColumn(session, 'COLUMNS', 'DATETIME_PRECISION')) ? 'DATETIME_PRECISION' : 'NULL',
  visible: (await hasColumn(session, 'STATISTICS', 'IS_VISIBLE'))
    ? "IS_VISIBLE = 'YES'"
    : (await hasColumn(session, 'STATISTICS', 'IGNORED'))
      ? "IGNORED = 'NO'"
      : '1'
})

const tableId = (row: Row): string => `${text(row, 's')}\u0000${text(row, 't')}`

const grouped = <T>(rows: Row[], make: (row: Row) => T): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const id = tableId(row)
    const list = groups.get(id)
    if (list) list.push(make(row))
    else groups.set(id, [make(row)])
  }
  return groups
}

const readColumnRows = async (session: CompareSession, which: string, words: TableWords): Promise<Row[]> =>
  await session.rows(
    `SELECT TABLE_SCHEMA AS s, TABLE_NAME AS t, COLUMN_NAME AS name, ORDINAL_POSITION AS position, DATA_TYPE AS dataType, COLUMN_TYPE AS columnType, IS_NULLABLE AS nullable, COLUMN_DEFAULT AS dflt, EXTRA AS extra, CHARACTER_SET_NAME AS charset, COLLATION_NAME AS collation, COLUMN_COMMENT AS comment, NUMERIC_SCALE AS scale, ${words.generation} AS generation, ${words.digits} AS digits FROM information_schema.COLUMNS WHERE ${which} ORDER BY 1, 2, ORDINAL_POSITION`
  )

const columnOf = (row: Row): ColumnFacts => ({
  name: text(row, 'name'),
  position: Number(row.position ?? '0'),
  dataType: text(row, 'dataType').toLowerCase(),
  columnType: text(row, 'columnType'),
  nullable: yes(row.nullable),
  default: row.dflt ?? null,
  extra: text(row, 'extra'),
  charset: row.charset ?? null,
  collation: row.collation ?? null,
  generation: text(row, 'generation'),
  comment: text(row, 'comment'),
  numericScale: numberOrNull(row.scale),
  fractionDigits: numberOrNull(row.digits)
})

const readIndexes = async (
  session: CompareSession,
  which: string,
  words: TableWords
): Promise<Map<string, IndexFacts[]>> => {
  const rows = await session.rows(
    `SELECT TABLE_SCHEMA AS s, TABLE_NAME AS t, INDEX_NAME AS name, NON_UNIQUE AS loose, INDEX_TYPE AS type, COLUMN_NAME AS col, SUB_PART AS prefix, COLLATION AS ordering, ${words.visible} AS seen FROM information_schema.STATISTICS WHERE ${which} ORDER BY 1, 2, 3, SEQ_IN_INDEX`
  )
  const tables = new Map<string, IndexFacts[]>()
  for (const row of rows) {
    const list = tables.get(tableId(row)) ?? []
    tables.set(tableId(row), list)
    const name = text(row, 'name')
    let index = list.find((candidate) => candidate.name === name)
    if (!index) {
      const type = text(row, 'type')
      index = {
        name,
        unique: row.loose === '0',
        type,
        usable: name === 'PRIMARY' || (row.seen === '1' && /^(BTREE|HASH)$/i.test(type)),
        parts: []
      }
      list.push(index)
    }
    index.parts.push({ column: row.col ?? null, prefix: numberOrNull(row.prefix), descending: row.ordering === 'D' })
  }
  return tables
}

/** Whether the server's catalogue knows a column. */
export const hasColumn = async (session: CompareSession, table: string, column: string): Promise<boolean> =>
  (
    await session.rows(
      `SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'information_schema' AND TABLE_NAME = '${table}' AND COLUMN_NAME = '${column}'`
    )
  ).length > 0
