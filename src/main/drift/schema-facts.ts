/** What one server says of its schemas; everything as text, read once per comparison. */
export interface ColumnFacts {
  name: string
  position: number
  dataType: string
  /** `int(10) unsigned`, `enum('a','b')`. */
  columnType: string
  nullable: boolean
  default: string | null
  extra: string
  charset: string | null
  collation: string | null
  generation: string
  comment: string
  numericScale: number | null
  fractionDigits: number | null
}

export interface IndexPart {
  column: string | null
  prefix: number | null
  descending: boolean
}

export interface IndexFacts {
  name: string
  unique: boolean
  type: string
  usable: boolean
  parts: IndexPart[]
}

export interface TableFacts {
  schema: string
  name: string
  /** `BASE TABLE`, `SYSTEM VERSIONED`, `SEQUENCE`. */
  type: string
  engine: string
  collation: string
  partitioned: boolean
  /** How it is divided, a line for each partition; '' when it is not. Left out: in facts kept before it was read. */
  partitions?: string
  comment: string
  rows: number
  bytes: number
  /** Last write the server remembers, as its own text; null = none since its start or not known. */
  updated: string | null
  columns: ColumnFacts[]
  indexes: IndexFacts[]
}

/** Views, routines, triggers, events, foreign keys and checks: named bags of texts. */
export interface ObjectFacts {
  kind: 'schema' | 'view' | 'routine' | 'trigger' | 'event' | 'foreign key' | 'check'
  schema: string
  name: string
  fields: Record<string, string | null>
}

export interface SchemaFacts {
  schemas: string[]
  tables: TableFacts[]
  objects: ObjectFacts[]
  /** Names are folded to lower case when compared (lower_case_table_names is not 0). */
  foldsNames: boolean
}
