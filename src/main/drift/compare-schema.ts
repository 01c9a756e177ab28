import type { ObjectDifference } from '../../shared/drift'
import { charsetName, collationName } from './canonical'
import type { ColumnFacts, IndexFacts, ObjectFacts, SchemaFacts, TableFacts } from './schema-facts'
import { atOnce, mapped, type Slices } from './slices'
import type { Side } from './table-plan'

/** Tables of both sides under one name; a name is folded when either server folds it. */
export interface TablePair {
  old: TableFacts | null
  new: TableFacts | null
}

const folder = (old: SchemaFacts, fresh: SchemaFacts): ((name: string) => string) =>
  old.foldsNames || fresh.foldsNames ? (name) => name.toLowerCase() : (name) => name

/** Pairs tables by schema and name. */
export const pairTables = (old: SchemaFacts, fresh: SchemaFacts): TablePair[] => atOnce(pairing(old, fresh))

/** `pairTables` in slices. */
export function* pairing(old: SchemaFacts, fresh: SchemaFacts): Slices<TablePair[]> {
  const fold = folder(old, fresh)
  const id = (table: TableFacts): string => `${fold(table.schema)}\u0000${fold(table.name)}`
  const others = new Map<string, TableFacts>()
  yield* mapped(fresh.tables, (table) => others.set(id(table), table))
  const pairs: TablePair[] = yield* mapped(old.tables, (table) => {
    const own = id(table)
    const other = others.get(own) ?? null
    others.delete(own)
    return { old: table, new: other }
  })
  yield* mapped(others.values(), (table) => pairs.push({ old: null, new: table }))
  return pairs
}

/** Everything but data and accounts that is not the same on both sides. `active` decides what is expected of events. */
export const compareSchema = (old: SchemaFacts, fresh: SchemaFacts, active: Side): ObjectDifference[] =>
  atOnce(comparingSchema(pairTables(old, fresh), old, fresh, active))

/** `compareSchema` in slices, with the tables paired already. */
export function* comparingSchema(
  pairs: readonly TablePair[],
  old: SchemaFacts,
  fresh: SchemaFacts,
  active: Side
): Slices<ObjectDifference[]> {
  const differences: ObjectDifference[] = []
  for (const pair of pairs) {
    for (const one of tableDifferences(pair)) differences.push(one)
    yield
  }
  return differences.concat(yield* objectDifferences(old, fresh, active))
}

const onlyOn = (
  kind: ObjectDifference['kind'],
  name: string,
  what: string,
  old: boolean,
  text = 'exists'
): ObjectDifference => ({ kind, name, what, old: old ? text : null, new: old ? null : text })

const tableDifferences = ({ old, new: fresh }: TablePair): ObjectDifference[] => {
  const table = old ?? fresh
  if (!table) return []
  const name = `${table.schema}.${table.name}`
  if (!old || !fresh) return [onlyOn('table', name, 'exists on one side only', old !== null)]
  const differences: ObjectDifference[] = []
  const say = (what: string, a: string | null, b: string | null): void => {
    if (a !== b) differences.push({ kind: 'table', name, what, old: a, new: b })
  }
  say('engine', old.engine, fresh.engine)
  say('default collation', collationName(old.collation), collationName(fresh.collation))
  say('partitioned', String(old.partitioned), String(fresh.partitioned))
  if (old.partitioned && fresh.partitioned && old.partitions !== undefined && fresh.partitions !== undefined)
    say('partitions', old.partitions, fresh.partitions)
  say('type', old.type, fresh.type)
  say('comment', old.comment, fresh.comment)
  differences.push(...columnDifferences(name, old.columns, fresh.columns))
  const [names, others] = [old.columns, fresh.columns].map((columns) => columns.map(({ name }) => name.toLowerCase()))
  const common = (columns: readonly string[] = [], other: readonly string[] = []): string => {
    const known = new Set(other)
    return columns.filter((column) => known.has(column)).join(', ')
  }
  // Row events carry columns by position: the same columns in another order break replication.
  say('column order', common(names, others), common(others, names))
  differences.push(...indexDifferences(name, old.indexes, fresh.indexes))
  return differences
}

/** `int(11)` and `int` are the same type; only tinyint(1) and zerofill mean something by their width. */
export const comparableType = (type: string): string =>
  /zerofill/i.test(type) || /^tinyint\(1\)/i.test(type)
    ? type
    : type.replace(/^(tinyint|smallint|mediumint|int|bigint|year)\(\d+\)/i, '$1')

const columnFields = (column: ColumnFacts): Record<string, string | null> => ({
  type: comparableType(column.columnType),
  'can be NULL': column.nullable ? 'yes' : 'no',
  default: comparableDefault(column.default),
  extra: column.extra
    .replace(/\bDEFAULT_GENERATED\b/gi, '')
    .replace(/current_timestamp\(\)/gi, 'CURRENT_TIMESTAMP')
    .trim(),
  'character set': charsetName(column.charset),
  collation: collationName(column.collation),
  expression: column.generation,
  comment: column.comment
})

/** Most columns are alike to the letter: nothing of them has to be made comparable. */
const isAlike = (column: ColumnFacts, twin: ColumnFacts): boolean =>
  column.columnType === twin.columnType &&
  column.nullable === twin.nullable &&
  column.default === twin.default &&
  column.extra === twin.extra &&
  column.charset === twin.charset &&
  column.collation === twin.collation &&
  column.generation === twin.generation &&
  column.comment === twin.comment

/** MariaDB writes `'x'`, `NULL` and `current_timestamp()` where MySQL writes `x`, nothing and `CURRENT_TIMESTAMP`. */
const comparableDefault = (value: string | null): string | null => {
  if (value === null || value === 'NULL') return null
  if (/^current_timestamp(\(\))?$/i.test(value)) return 'CURRENT_TIMESTAMP'
  const quoted = /^'(.*)'$/s.exec(value)
  return quoted ? (quoted[1] ?? '').replaceAll("''", "'") : value
}

const columnDifferences = (table: string, old: ColumnFacts[], fresh: ColumnFacts[]): ObjectDifference[] => {
  const twins = new Map(fresh.map((column) => [column.name.toLowerCase(), column]))
  const differences: ObjectDifference[] = []
  for (const column of old) {
    const name = `${table}.${column.name}`
    const twin = twins.get(column.name.toLowerCase())
    twins.delete(column.name.toLowerCase())
    if (!twin) {
      differences.push(onlyOn('column', name, 'exists on one side only', true, column.columnType))
      continue
    }
    if (!isAlike(column, twin))
      differences.push(...fieldDifferences('column', name, columnFields(column), columnFields(twin)))
  }
  for (const column of twins.values())
    differences.push(onlyOn('column', `${table}.${column.name}`, 'exists on one side only', false, column.columnType))
  return differences
}

const describeIndex = (index: IndexFacts): string => {
  const parts = index.parts.map(
    (part) =>
      `${part.column ?? '(expression)'}${part.prefix === null ? '' : `(${part.prefix})`}${part.descending ? ' desc' : ''}`
  )
  return `${index.unique ? 'unique ' : ''}${index.type.toLowerCase()} (${parts.join(', ')})`
}

const indexDifferences = (table: string, old: IndexFacts[], fresh: IndexFacts[]): ObjectDifference[] => {
  const twins = new Map(fresh.map((index) => [index.name.toLowerCase(), index]))
  const differences: ObjectDifference[] = []
  for (const index of old) {
    const twin = twins.get(index.name.toLowerCase())
    twins.delete(index.name.toLowerCase())
    const [a, b] = [describeIndex(index), twin ? describeIndex(twin) : null]
    if (a !== b)
      differences.push({
        kind: 'index',
        name: `${table}.${index.name}`,
        what: twin ? 'definition' : 'exists on one side only',
        old: a,
        new: b
      })
  }
  for (const index of twins.values())
    differences.push(onlyOn('index', `${table}.${index.name}`, 'exists on one side only', false, describeIndex(index)))
  return differences
}

const shownKind: Record<ObjectFacts['kind'], ObjectDifference['kind']> = {
  schema: 'schema',
  view: 'view',
  routine: 'routine',
  trigger: 'trigger',
  event: 'event',
  'foreign key': 'index',
  check: 'table'
}

function* objectDifferences(old: SchemaFacts, fresh: SchemaFacts, active: Side): Slices<ObjectDifference[]> {
  const fold = folder(old, fresh)
  const id = (object: ObjectFacts): string => `${object.kind}\u0000${fold(object.schema)}\u0000${fold(object.name)}`
  const twins = new Map<string, ObjectFacts>()
  yield* mapped(fresh.objects, (object) => twins.set(id(object), object))
  const differences: ObjectDifference[] = []
  for (const object of old.objects) {
    yield
    const twin = twins.get(id(object))
    twins.delete(id(object))
    const name = nameOf(object)
    if (!twin) {
      differences.push(onlyOn(shownKind[object.kind], name, 'exists on one side only', true))
      continue
    }
    const fields = { old: comparableFields(object), new: comparableFields(twin) }
    if (object.kind === 'event' && eventStatusIsExpected(object, twin, active)) {
      fields.old.status = null
      fields.new.status = null
    }
    differences.push(...fieldDifferences(shownKind[object.kind], name, fields.old, fields.new))
    // Enabled on both sides it would do its work twice, once by itself and once by replication.
    if (object.kind === 'event' && object.fields.status === 'ENABLED' && twin.fields.status === 'ENABLED')
      differences.push({ kind: 'event', name, what: 'runs on both sides', old: 'ENABLED', new: 'ENABLED' })
    const unread = unreadableText(object, twin)
    if (unread) differences.push({ kind: shownKind[object.kind], name, what: unread, old: null, new: null })
  }
  for (const object of twins.values())
    differences.push(onlyOn(shownKind[object.kind], nameOf(object), 'exists on one side only', false))
  return differences
}

const nameOf = (object: ObjectFacts): string => {
  if (object.kind === 'schema') return object.schema
  const noun = object.kind === 'foreign key' || object.kind === 'check' ? `${object.kind} ` : ''
  return `${noun}${object.schema}.${object.name}`
}

/** The text of a routine is NULL for an account that may not read it: equal NULLs prove nothing. */
const unreadableText = (old: ObjectFacts, fresh: ObjectFacts): string | null => {
  const field = { view: 'view definition', routine: 'routine definition' }[old.kind as 'view' | 'routine']
  if (!field) return null
  return !old.fields[field] && !fresh.fields[field] ? 'text could not be read on either side' : null
}

const comparableFields = (object: ObjectFacts): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(object.fields).map(([name, value]) => [
      name,
      name === 'default collation'
        ? collationName(value)
        : name === 'status' && /side_disabled/i.test(value ?? '')
          ? 'disabled on the replica'
          : value
    ])
  )

/** The active side runs an event; the passive side must have it switched off as a replica's. */
const eventStatusIsExpected = (old: ObjectFacts, fresh: ObjectFacts, active: Side): boolean => {
  const [runs, waits] = active === 'old' ? [old, fresh] : [fresh, old]
  return runs.fields.status === 'ENABLED' && /side_disabled/i.test(waits.fields.status ?? '')
}

const fieldDifferences = (
  kind: ObjectDifference['kind'],
  name: string,
  old: Record<string, string | null>,
  fresh: Record<string, string | null>
): ObjectDifference[] =>
  Object.keys(old).flatMap((field) => {
    const [a, b] = [old[field] ?? null, fresh[field] ?? null]
    return a === b ? [] : [{ kind, name, what: field, old: a, new: b }]
  })
