import type { Row } from '../mysql/session'
import type { CompareSession } from './compare-session'

const text = (row: Row, name: string): string => row[name] ?? ''

/** Both families quote what is in an expression in their own way: `id` and id, and blanks where one feels like it. */
const plain = (expression: string): string => expression.replace(/`/g, '').replace(/\s+/g, ' ').trim()

/** How one partition is bounded, in the words of its method. */
const boundOf = (method: string, description: string): string => {
  if (description === '') return ''
  if (/^RANGE/i.test(method)) return ` VALUES LESS THAN (${plain(description)})`
  return /^LIST/i.test(method) ? ` VALUES IN (${plain(description)})` : ` ${plain(description)}`
}

/** A table's partitions as lines that read like its definition, from rows in their order. Pure. */
export const partitionText = (rows: readonly Row[]): string => {
  const [first] = rows
  if (!first || text(first, 'method') === '') return ''
  const heads = [`PARTITION BY ${text(first, 'method')} (${plain(text(first, 'expression'))})`]
  if (text(first, 'sub') !== '')
    heads.push(`SUBPARTITION BY ${text(first, 'sub')} (${plain(text(first, 'subExpression'))})`)
  const lines = new Map<string, string[]>()
  for (const row of rows) {
    const name = text(row, 'name')
    const comment = text(row, 'comment') === '' ? '' : ` COMMENT ${text(row, 'comment')}`
    const line = `PARTITION ${name}${boundOf(text(row, 'method'), text(row, 'description'))}${comment}`
    const subs = lines.get(line) ?? []
    if (row.subName) subs.push(`  SUBPARTITION ${row.subName}`)
    lines.set(line, subs)
  }
  return [...heads, ...[...lines].flatMap(([line, subs]) => [line, ...subs])].join('\n')
}

/** The partitions of tables that meet a condition, by schema and name as `readSchema` keys them. */
export const readPartitions = async (session: CompareSession, which: string): Promise<ReadonlyMap<string, string>> => {
  const rows = await session.rows(
    `SELECT TABLE_SCHEMA AS s, TABLE_NAME AS t, PARTITION_NAME AS name, SUBPARTITION_NAME AS subName, PARTITION_METHOD AS method, SUBPARTITION_METHOD AS sub, PARTITION_EXPRESSION AS expression, SUBPARTITION_EXPRESSION AS subExpression, PARTITION_DESCRIPTION AS description, PARTITION_COMMENT AS comment FROM information_schema.PARTITIONS WHERE ${which} AND PARTITION_NAME IS NOT NULL ORDER BY 1, 2, PARTITION_ORDINAL_POSITION, SUBPARTITION_ORDINAL_POSITION`
  )
  const tables = new Map<string, Row[]>()
  for (const row of rows) {
    const id = `${text(row, 's')}\u0000${text(row, 't')}`
    const list = tables.get(id)
    if (list) list.push(row)
    else tables.set(id, [row])
  }
  return new Map([...tables].map(([id, list]) => [id, partitionText(list)]))
}
