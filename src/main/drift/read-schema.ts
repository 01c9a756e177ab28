import { quoteText } from '../mysql/identifiers'
import type { Row } from '../mysql/session'
import type { CompareSession } from './compare-session'
import { readPartitions } from './read-partitions'
import type { ColumnFacts, IndexFacts, ObjectFacts, SchemaFacts, TableFacts } from './schema-facts'

/** Schemas of the servers themselves and of Siteswap: never the shop's. */
export const ownSchemas = ['mysql', 'information_schema', 'performance_schema', 'sys', 'siteswap']

const text = (row: Row, name: string): string => row[name] ?? ''
const numberOrNull = (value: string | null | undefined): number | null => (value == null ? null : Number(value))
const yes = (value: string | null | undefined): boolean => value?.toUpperCase() === 'YES'

/** Reads tables, columns, indexes and objects of the shop's schemas from one server. */
export const readSchema = async (session: CompareSession, wanted: string[]): Promise<SchemaFacts> => {
  const folds = await session.rows('SELECT @@lower_case_table_names AS folds')
  const chosen =
    wanted.length > 0
      ? `SCHEMA_NAME IN (${wanted.map(quoteText).join(',')})`
      : `LOWER(SCHEMA_NAME) NOT IN (${ownSchemas.map(quoteText).join(',')})`
  const schemas = await session.rows(
    `SELECT SCHEMA_NAME AS name, DEFAULT_CHARACTER_SET_NAME AS charset, DEFAULT_COLLATION_NAME AS collation FROM information_schema.SCHEMATA WHERE ${chosen} ORDER BY 1`
  )
  const names = schemas.map((row) => text(row, 'name'))
  const foldsNames = text(folds[0] ?? {}, 'folds') !== '0'
  if (names.length === 0) return { schemas: [], tables: [], objects: [], foldsNames }
  const among = `IN (${names.map(quoteText).join(',')})`
  const tables = await readTables(session, among)
  const objects: ObjectFacts[] = [
    ...schemas.map((row) => ({
      kind: 'schema' as const,
      schema: text(row, 'name'),
      name: text(row, 'name'),
      fields: { 'default collation': row.collation ?? null }
    })),
    ...(await readObjects(session, among))
  ]
  return { schemas: names, tables, objects, foldsNames }
}

const readTables = async (session: CompareSession, among: string): Promise<TableFacts[]> => {
  const rows = await session.rows(
    `SELECT TABLE_SCHEMA AS s, TABLE_NAME AS t, TABLE_TYPE AS type, ENGINE AS engine, TABLE_COLLATION AS collation, CREATE_OPTIONS AS options, TABLE_COMMENT AS comment, TABLE_ROWS AS estimate, IFNULL(DATA_LENGTH,0)+IFNULL(INDEX_LENGTH,0) AS bytes, UPDATE_TIME AS updated FROM information_schema.TABLES WHERE TABLE_SCHEMA ${among} AND TABLE_TYPE IN ('BASE TABLE','SYSTEM VERSIONED','SEQUENCE') ORDER BY 1, 2`
  )
  const columns = grouped(await readColumnRows(session, among), columnOf)
  const indexes = await readIndexes(session, among)
  const partitions = await readPartitions(session, among)
  return rows.map((row) => {
    const id = tableId(row)
    return {
      schema: text(row, 's'),
      name: text(row, 't'),
      type: text(row, 'type'),
      engine: text(row, 'engine'),
      collation: text(row, 'collation'),
      partitioned: /\bpartitioned\b/i.test(text(row, 'options')),
      partitions: partitions.get(id) ?? '',
      comment: text(row, 'comment'),
      rows: Number(row.estimate ?? '0'),
      bytes: Number(row.bytes ?? '0'),
      updated: row.updated ?? null,
      columns: columns.get(id) ?? [],
      indexes: indexes.get(id) ?? []
    }
  })
}

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

const readColumnRows = async (session: CompareSession, among: string): Promise<Row[]> =>
  await session.rows(
    `SELECT TABLE_SCHEMA AS s, TABLE_NAME AS t, COLUMN_NAME AS name, ORDINAL_POSITION AS position, DATA_TYPE AS dataType, COLUMN_TYPE AS columnType, IS_NULLABLE AS nullable, COLUMN_DEFAULT AS dflt, EXTRA AS extra, CHARACTER_SET_NAME AS charset, COLLATION_NAME AS collation, COLUMN_COMMENT AS comment, NUMERIC_SCALE AS scale, ${(await hasColumn(session, 'COLUMNS', 'GENERATION_EXPRESSION')) ? 'GENERATION_EXPRESSION' : "''"} AS generation, ${(await hasColumn(session, 'COLUMNS', 'DATETIME_PRECISION')) ? 'DATETIME_PRECISION' : 'NULL'} AS digits FROM information_schema.COLUMNS WHERE TABLE_SCHEMA ${among} ORDER BY 1, 2, ORDINAL_POSITION`
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

const readIndexes = async (session: CompareSession, among: string): Promise<Map<string, IndexFacts[]>> => {
  const visible = (await hasColumn(session, 'STATISTICS', 'IS_VISIBLE'))
    ? "IS_VISIBLE = 'YES'"
    : (await hasColumn(session, 'STATISTICS', 'IGNORED'))
      ? "IGNORED = 'NO'"
      : '1'
  const rows = await session.rows(
    `SELECT TABLE_SCHEMA AS s, TABLE_NAME AS t, INDEX_NAME AS name, NON_UNIQUE AS loose, INDEX_TYPE AS type, COLUMN_NAME AS col, SUB_PART AS prefix, COLLATION AS ordering, ${visible} AS seen FROM information_schema.STATISTICS WHERE TABLE_SCHEMA ${among} ORDER BY 1, 2, 3, SEQ_IN_INDEX`
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

const hasColumn = async (session: CompareSession, table: string, column: string): Promise<boolean> =>
  (
    await session.rows(
      `SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'information_schema' AND TABLE_NAME = '${table}' AND COLUMN_NAME = '${column}'`
    )
  ).length > 0

/** Kind, name and compared texts of everything that is not a table. `s`, `n` and the fields are the columns selected. */
const objectQueries: { kind: ObjectFacts['kind']; from: string; name: string; where: string; fields: string[] }[] = [
  {
    kind: 'view',
    from: 'VIEWS',
    name: 'TABLE_NAME',
    where: 'TABLE_SCHEMA',
    fields: ['VIEW_DEFINITION', 'CHECK_OPTION', 'DEFINER', 'SECURITY_TYPE']
  },
  {
    kind: 'routine',
    from: 'ROUTINES',
    name: "CONCAT(LOWER(ROUTINE_TYPE),' ',ROUTINE_NAME)",
    where: 'ROUTINE_SCHEMA',
    fields: [
      'ROUTINE_DEFINITION',
      'DTD_IDENTIFIER',
      'IS_DETERMINISTIC',
      'SQL_DATA_ACCESS',
      'SECURITY_TYPE',
      'SQL_MODE',
      'DEFINER'
    ]
  },
  {
    kind: 'trigger',
    from: 'TRIGGERS',
    name: 'TRIGGER_NAME',
    where: 'TRIGGER_SCHEMA',
    fields: ['EVENT_MANIPULATION', 'ACTION_TIMING', 'EVENT_OBJECT_TABLE', 'ACTION_STATEMENT', 'SQL_MODE', 'DEFINER']
  },
  {
    kind: 'event',
    from: 'EVENTS',
    name: 'EVENT_NAME',
    where: 'EVENT_SCHEMA',
    fields: [
      'EVENT_DEFINITION',
      'EVENT_TYPE',
      'INTERVAL_VALUE',
      'INTERVAL_FIELD',
      'TIME_ZONE',
      'SQL_MODE',
      'STATUS',
      'ON_COMPLETION',
      'DEFINER'
    ]
  },
  {
    kind: 'foreign key',
    from: 'REFERENTIAL_CONSTRAINTS',
    name: "CONCAT(TABLE_NAME,'.',CONSTRAINT_NAME)",
    where: 'CONSTRAINT_SCHEMA',
    fields: ['REFERENCED_TABLE_NAME', 'UPDATE_RULE', 'DELETE_RULE']
  }
]

const readObjects = async (session: CompareSession, among: string): Promise<ObjectFacts[]> => {
  const objects: ObjectFacts[] = []
  for (const query of objectQueries) {
    const fields = query.fields.map((field, index) => `${field} AS f${index}`).join(', ')
    const rows = await session.rows(
      `SELECT ${query.where} AS s, ${query.name} AS n, ${fields} FROM information_schema.${query.from} WHERE ${query.where} ${among} ORDER BY 1, 2`
    )
    for (const row of rows)
      objects.push({
        kind: query.kind,
        schema: text(row, 's'),
        name: text(row, 'n'),
        fields: Object.fromEntries(
          query.fields.map((field, index) => [field.toLowerCase().replaceAll('_', ' '), row[`f${index}`] ?? null])
        )
      })
  }
  const parameters = await session.rows(
    `SELECT SPECIFIC_SCHEMA AS s, CONCAT(LOWER(ROUTINE_TYPE),' ',SPECIFIC_NAME) AS n, CONCAT_WS(' ', PARAMETER_MODE, PARAMETER_NAME, DTD_IDENTIFIER) AS one FROM information_schema.PARAMETERS WHERE SPECIFIC_SCHEMA ${among} AND ORDINAL_POSITION > 0 ORDER BY 1, 2, ORDINAL_POSITION`
  )
  for (const object of objects.filter((candidate) => candidate.kind === 'routine'))
    object.fields.parameters = parameters
      .filter((row) => row.s === object.schema && row.n === object.name)
      .map((row) => row.one ?? '')
      .join(', ')
  const keys = await session.rows(
    `SELECT CONSTRAINT_SCHEMA AS s, CONCAT(TABLE_NAME,'.',CONSTRAINT_NAME) AS n, COLUMN_NAME AS col, REFERENCED_COLUMN_NAME AS other FROM information_schema.KEY_COLUMN_USAGE WHERE CONSTRAINT_SCHEMA ${among} AND REFERENCED_TABLE_NAME IS NOT NULL ORDER BY 1, 2, ORDINAL_POSITION`
  )
  for (const object of objects.filter((candidate) => candidate.kind === 'foreign key'))
    object.fields.columns = keys
      .filter((row) => row.s === object.schema && row.n === object.name)
      .map((row) => `${row.col} → ${row.other}`)
      .join(', ')
  return [...objects, ...(await readChecks(session, among))]
}

const readChecks = async (session: CompareSession, among: string): Promise<ObjectFacts[]> => {
  if (!(await hasColumn(session, 'CHECK_CONSTRAINTS', 'CHECK_CLAUSE'))) return []
  const rows = await session.rows(
    `SELECT CONSTRAINT_SCHEMA AS s, CONSTRAINT_NAME AS n, CHECK_CLAUSE AS clause FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA ${among} ORDER BY 1, 2`
  )
  return rows.map((row) => ({
    kind: 'check',
    schema: text(row, 's'),
    name: text(row, 'n'),
    fields: { clause: row.clause ?? null }
  }))
}
