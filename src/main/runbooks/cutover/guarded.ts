import type { Row } from '../../mysql/session'
import { quoteName, quoteText } from '../../mysql/words'
import type { GuardedTable } from './facts'

const tailRows = 200
const countLimit = 20_000
const tablesLimit = 30

/** Tables of the shop with a primary key, those written last first. */
export const guardedTablesQuery = (schemas: readonly string[]): string =>
  `SELECT t.TABLE_SCHEMA AS s, t.TABLE_NAME AS t, COALESCE(t.TABLE_ROWS, 0) AS n, COALESCE(UNIX_TIMESTAMP(t.UPDATE_TIME), 0) AS written, c.COLUMN_NAME AS c, c.COLUMN_KEY AS k, c.ORDINAL_POSITION AS p, k.ORDINAL_POSITION AS kp FROM information_schema.TABLES t JOIN information_schema.COLUMNS c ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME LEFT JOIN information_schema.KEY_COLUMN_USAGE k ON k.TABLE_SCHEMA = c.TABLE_SCHEMA AND k.TABLE_NAME = c.TABLE_NAME AND k.COLUMN_NAME = c.COLUMN_NAME AND k.CONSTRAINT_NAME = 'PRIMARY' WHERE t.TABLE_TYPE = 'BASE TABLE' AND t.ENGINE = 'InnoDB' AND ${
    schemas.length
      ? `t.TABLE_SCHEMA IN (${[...schemas, 'siteswap'].map(quoteText).join(', ')})`
      : "t.TABLE_SCHEMA NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')"
  } ORDER BY written DESC, s, t, p`

/** Picks the tables to compare under the hold: heartbeat rows change by themselves and are left out. */
export const guardedTables = (rows: readonly Row[]): GuardedTable[] => {
  const tables = new Map<
    string,
    { schema: string; table: string; rows: number; columns: string[]; key: { name: string; at: number }[] }
  >()
  for (const row of rows) {
    const id = `${row.s}.${row.t}`
    const known = tables.get(id) ?? {
      schema: row.s ?? '',
      table: row.t ?? '',
      rows: Number(row.n),
      columns: [],
      key: []
    }
    known.columns.push(row.c ?? '')
    if (row.kp != null) known.key.push({ name: row.c ?? '', at: Number(row.kp) })
    tables.set(id, known)
  }
  return [...tables.values()]
    .filter((table) => table.key.length > 0 && !(table.schema === 'siteswap' && table.table !== 'canary'))
    .slice(0, tablesLimit)
    .map(({ schema, table, rows: estimate, columns, key }) => ({
      schema,
      table,
      columns,
      key: key.sort((a, b) => a.at - b.at).map((part) => part.name),
      countAll: estimate <= countLimit
    }))
}

const tableCheck = ({ schema, table, key, columns, countAll }: GuardedTable): string => {
  const name = `${quoteName(schema)}.${quoteName(table)}`
  const order = key.map((column) => `${quoteName(column)} DESC`).join(', ')
  const values = columns.map((column) => `IFNULL(HEX(CONCAT(${quoteName(column)}, '')), 'null')`).join(", '|', ")
  const keyText = key.map((column) => `HEX(CONCAT(${quoteName(column)}, ''))`).join(", '|', ")
  return `SELECT ${quoteText(`${schema}.${table}`)} AS t, ${countAll ? `(SELECT COUNT(*) FROM ${name})` : 'NULL'} AS n, (SELECT CONCAT(${keyText}) FROM ${name} ORDER BY ${order} LIMIT 1) AS top, (SELECT BIT_XOR(CRC32(CONCAT(${values}))) FROM (SELECT * FROM ${name} ORDER BY ${order} LIMIT ${tailRows}) AS tail) AS sum`
}

/** One statement that answers count, highest key and checksum of the tail of every guarded table. */
export const guardedCheck = (tables: readonly GuardedTable[]): string =>
  tables.length
    ? tables.map(tableCheck).join(' UNION ALL ')
    : "SELECT 'no table' AS t, NULL AS n, NULL AS top, NULL AS sum"

/** Names of tables whose answers differ. */
export const guardedDifferences = (one: readonly Row[], other: readonly Row[]): string[] => {
  const text = (row: Row) => `${row.n}/${row.top}/${row.sum}`
  const second = new Map(other.map((row) => [row.t, text(row)]))
  return one.filter((row) => second.get(row.t) !== text(row)).map((row) => row.t ?? '')
}
