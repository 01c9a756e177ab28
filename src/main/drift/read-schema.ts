import { quoteText } from '../mysql/identifiers'
import type { Row } from '../mysql/session'
import type { CompareSession } from './compare-session'
import { hasColumn, readTables } from './read-tables'
import type { ObjectFacts, SchemaFacts } from './schema-facts'
import { inSlices, mapped } from './slices'

/** Schemas of the servers themselves and of Siteswap: never the shop's. */
export const ownSchemas = ['mysql', 'information_schema', 'performance_schema', 'sys', 'siteswap']

const text = (row: Row, name: string): string => row[name] ?? ''

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
  const objects: ObjectFacts[][] = []
  for (const query of objectQueries) {
    const fields = query.fields.map((field, index) => `${field} AS f${index}`).join(', ')
    const rows = await session.rows(
      `SELECT ${query.where} AS s, ${query.name} AS n, ${fields} FROM information_schema.${query.from} WHERE ${query.where} ${among} ORDER BY 1, 2`
    )
    const names = query.fields.map((field) => field.toLowerCase().replaceAll('_', ' '))
    const objectOf = (row: Row): ObjectFacts => ({
      kind: query.kind,
      schema: text(row, 's'),
      name: text(row, 'n'),
      fields: Object.fromEntries(names.map((name, index) => [name, row[`f${index}`] ?? null]))
    })
    objects.push(await inSlices(mapped(rows, objectOf)))
  }
  const parameters = await session.rows(
    `SELECT SPECIFIC_SCHEMA AS s, CONCAT(LOWER(ROUTINE_TYPE),' ',SPECIFIC_NAME) AS n, CONCAT_WS(' ', PARAMETER_MODE, PARAMETER_NAME, DTD_IDENTIFIER) AS one FROM information_schema.PARAMETERS WHERE SPECIFIC_SCHEMA ${among} AND ORDINAL_POSITION > 0 ORDER BY 1, 2, ORDINAL_POSITION`
  )
  const keys = await session.rows(
    `SELECT CONSTRAINT_SCHEMA AS s, CONCAT(TABLE_NAME,'.',CONSTRAINT_NAME) AS n, COLUMN_NAME AS col, REFERENCED_COLUMN_NAME AS other FROM information_schema.KEY_COLUMN_USAGE WHERE CONSTRAINT_SCHEMA ${among} AND REFERENCED_TABLE_NAME IS NOT NULL ORDER BY 1, 2, ORDINAL_POSITION`
  )
  const read = objects.flat()
  const parametersOf = await textsOf(parameters, (row) => row.one ?? '')
  const columnsOf = await textsOf(keys, (row) => `${row.col} → ${row.other}`)
  const complete = ({ kind, schema, name, fields }: ObjectFacts): void => {
    if (kind === 'routine') fields.parameters = parametersOf(schema, name)
    if (kind === 'foreign key') fields.columns = columnsOf(schema, name)
  }
  await inSlices(mapped(read, complete))
  return read.concat(await readChecks(session, among))
}

/** What rows of one object say, in their order, by its schema and name. */
const textsOf = async (rows: Row[], say: (row: Row) => string): Promise<(schema: string, name: string) => string> => {
  const texts = new Map<string, string[]>()
  const add = (row: Row): void => {
    const id = `${row.s}\u0000${row.n}`
    const list = texts.get(id)
    if (list) list.push(say(row))
    else texts.set(id, [say(row)])
  }
  await inSlices(mapped(rows, add))
  return (schema, name) => (texts.get(`${schema}\u0000${name}`) ?? []).join(', ')
}

const readChecks = async (session: CompareSession, among: string): Promise<ObjectFacts[]> => {
  if (!(await hasColumn(session, 'CHECK_CONSTRAINTS', 'CHECK_CLAUSE'))) return []
  const rows = await session.rows(
    `SELECT CONSTRAINT_SCHEMA AS s, CONSTRAINT_NAME AS n, CHECK_CLAUSE AS clause FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA ${among} ORDER BY 1, 2`
  )
  const checkOf = (row: Row): ObjectFacts => ({
    kind: 'check',
    schema: text(row, 's'),
    name: text(row, 'n'),
    fields: { clause: row.clause ?? null }
  })
  return await inSlices(mapped(rows, checkOf))
}
