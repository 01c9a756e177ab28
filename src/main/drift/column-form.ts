import type { ColumnFacts } from './schema-facts'

/** How a column's values are brought to one text on both servers. */
export type ColumnForm =
  | 'integer'
  | 'decimal'
  | 'float'
  | 'text'
  | 'binary'
  | 'bit'
  | 'date'
  | 'datetime'
  | 'time'
  | 'year'
  | 'name'
  | 'json'
  | 'bytes-only'
  | 'plain'
  | 'unknown'

const forms: Record<string, ColumnForm> = {
  tinyint: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  int: 'integer',
  bigint: 'integer',
  decimal: 'decimal',
  float: 'float',
  double: 'float',
  char: 'text',
  varchar: 'text',
  tinytext: 'text',
  text: 'text',
  mediumtext: 'text',
  longtext: 'text',
  binary: 'binary',
  varbinary: 'binary',
  tinyblob: 'binary',
  blob: 'binary',
  mediumblob: 'binary',
  longblob: 'binary',
  bit: 'bit',
  date: 'date',
  datetime: 'datetime',
  timestamp: 'datetime',
  time: 'time',
  year: 'year',
  enum: 'name',
  set: 'name',
  json: 'json',
  geometry: 'bytes-only',
  point: 'bytes-only',
  linestring: 'bytes-only',
  polygon: 'bytes-only',
  multipoint: 'bytes-only',
  multilinestring: 'bytes-only',
  multipolygon: 'bytes-only',
  geometrycollection: 'bytes-only',
  geomcollection: 'bytes-only',
  vector: 'bytes-only',
  uuid: 'plain',
  inet4: 'plain',
  inet6: 'plain'
}

/** The form of a column as information_schema names its type. */
export const formOf = (column: Pick<ColumnFacts, 'dataType'>): ColumnForm =>
  forms[column.dataType.toLowerCase()] ?? 'unknown'
