import type { ColumnFacts, IndexFacts, TableFacts } from '../../src/main/drift/schema-facts'

/** A column as information_schema tells it. */
export const columnOf = (name: string, columnType: string, more: Partial<ColumnFacts> = {}): ColumnFacts => ({
  name,
  position: 1,
  dataType: columnType.replace(/[( ].*$/, ''),
  columnType,
  nullable: false,
  default: null,
  extra: '',
  charset: /char|text|enum|set/.test(columnType) ? 'utf8mb4' : null,
  collation: /char|text|enum|set/.test(columnType) ? 'utf8mb4_unicode_ci' : null,
  generation: '',
  comment: '',
  numericScale: null,
  fractionDigits: null,
  ...more
})
/** A unique index over whole columns. */
export const indexOf = (name: string, ...columns: string[]): IndexFacts => ({
  name,
  unique: true,
  type: 'BTREE',
  usable: true,
  parts: columns.map((column) => ({ column, prefix: null, descending: false }))
})
/** A table of the shop. */
export const tableOf = (columns: ColumnFacts[], indexes: IndexFacts[], more: Partial<TableFacts> = {}): TableFacts => ({
  schema: 'shop',
  name: 'orders',
  type: 'BASE TABLE',
  engine: 'InnoDB',
  collation: 'utf8mb4_unicode_ci',
  partitioned: false,
  comment: '',
  rows: 10,
  bytes: 1000,
  updated: null,
  columns,
  indexes,
  ...more
})
