import type { Connection, RowDataPacket } from 'mysql2/promise'

/** Numbers that look random and are the same for the same seed. */
export const randomFrom = (seed: number): ((below: number) => number) => {
  let state = seed * 2654435761 + 1
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 4294967296) * below)
  }
}

type Random = (below: number) => number

const words = [
  '',
  ' ',
  'a',
  'A',
  'é',
  'e',
  'ß',
  'ss',
  '😀',
  "it''s",
  '\\\\',
  'NULL',
  'N',
  '1:x',
  'a#b',
  ',',
  '0',
  'same ',
  '日本'
]

const kinds: { type: string; value: (random: Random) => string }[] = [
  { type: 'INT', value: (random) => String(random(5) - 2) },
  { type: 'BIGINT UNSIGNED', value: (random) => String(9007199254740990n + BigInt(random(6))) },
  { type: 'DECIMAL(20,6)', value: (random) => `${random(3)}.${random(2)}00000${random(2)}` },
  { type: 'DOUBLE', value: (random) => ['0.1', '0.10000000000000002', '1e300', '-0.5', '3'][random(5)] ?? '0' },
  { type: 'FLOAT', value: (random) => ['0.1', '16777216', '16777218', '1e-30'][random(4)] ?? '0' },
  { type: 'VARCHAR(40) COLLATE utf8mb4_unicode_ci', value: (random) => `'${words[random(words.length)]}'` },
  { type: 'VARCHAR(40) COLLATE utf8mb4_bin', value: (random) => `'${words[random(words.length)]}'` },
  { type: 'CHAR(6) CHARACTER SET latin1', value: (random) => ["'é'", "'e'", "'ab'", "''"][random(4)] ?? "''" },
  { type: 'TEXT', value: (random) => `REPEAT('${words[random(words.length)]}', ${random(3)})` },
  { type: 'VARBINARY(8)', value: (random) => ["X'00'", "X''", "X'0000'", "X'FF27'", "X'20'"][random(5)] ?? "X''" },
  { type: 'BLOB', value: (random) => ["X'00'", "X''", "X'5C27'"][random(3)] ?? "X''" },
  { type: 'DATETIME(6)', value: (random) => `'2024-03-31 02:30:00.00000${random(3)}'` },
  { type: 'TIMESTAMP NULL', value: (random) => `'2024-10-27 0${random(4)}:30:00'` },
  { type: 'DATE', value: (random) => `'2024-01-0${1 + random(4)}'` },
  { type: 'TIME(3)', value: (random) => `'-0${random(3)}:00:00.00${random(3)}'` },
  { type: "ENUM('b','a','c')", value: (random) => `'${'abc'[random(3)]}'` },
  { type: "SET('x','y','z')", value: (random) => ["'x'", "'x,y'", "'z'", "''"][random(4)] ?? "''" },
  { type: 'BIT(12)', value: (random) => String(random(5)) },
  { type: 'YEAR', value: (random) => String(2020 + random(4)) }
]

const keys: { columns: string; names: string[]; value: (n: number) => string[]; options?: string }[] = [
  { columns: 'k0 INT NOT NULL, PRIMARY KEY (k0)', names: ['k0'], value: (n) => [String(n)] },
  {
    columns: 'k0 BIGINT NOT NULL, PRIMARY KEY (k0)',
    names: ['k0'],
    value: (n) => [String(BigInt(n - 700) * 12345678901237n)]
  },
  {
    columns: 'k0 VARCHAR(30) COLLATE utf8mb4_unicode_ci NOT NULL, PRIMARY KEY (k0)',
    names: ['k0'],
    value: (n) => [`'${'é😀zA '[n % 5]}key ${n}'`]
  },
  {
    columns: 'k0 INT NOT NULL, k1 VARCHAR(20) NOT NULL, PRIMARY KEY (k0, k1)',
    names: ['k0', 'k1'],
    value: (n) => [String(n % 7), `'x${n}'`]
  },
  {
    columns: 'k0 DATETIME(3) NOT NULL, k1 VARBINARY(4) NOT NULL, UNIQUE KEY u (k0, k1)',
    names: ['k0', 'k1'],
    value: (n) => [`'2024-01-01 00:${String(n % 60).padStart(2, '0')}:00.125'`, `X'${n.toString(16).padStart(8, '0')}'`]
  },
  {
    columns: "k0 ENUM('q','p') NOT NULL, k1 DECIMAL(12,3) NOT NULL, PRIMARY KEY (k0, k1)",
    names: ['k0', 'k1'],
    value: (n) => [`'${'pq'[n % 2]}'`, `${n}.125`]
  },
  {
    columns: 'k0 BINARY(16) NOT NULL, PRIMARY KEY (k0)',
    names: ['k0'],
    value: (n) => [`UNHEX(LEFT(SHA2('${n}', 256), 32))`]
  },
  {
    columns: 'k0 INT NOT NULL, PRIMARY KEY (k0)',
    names: ['k0'],
    value: (n) => [String(n * 3)],
    options: 'PARTITION BY HASH (k0) PARTITIONS 3'
  },
  // No key at all: rows are told apart by nothing but what they hold.
  { columns: '', names: [], value: () => [] }
]

export interface RandomTable {
  name: string
  create: string
  /** On both sides. */
  fill: string[]
  /** On the new side only. */
  change: string[]
  columns: string[]
  keyColumns: string[]
}

/** A table of a random shape with random rows, and random changes of one side. */
export const randomTable = (name: string, random: Random): RandomTable => {
  const key = keys[random(keys.length)] ?? keys[0]
  if (!key) throw new Error('there are keys')
  const columns = Array.from({ length: 1 + random(6) }, () => kinds[random(kinds.length)] ?? kinds[0])
  const value = (index: number): string => (random(5) === 0 ? 'NULL' : (columns[index]?.value(random) ?? 'NULL'))
  const row = (n: number): string => `(${[...key.value(n), ...columns.map((_, index) => value(index))].join(',')})`
  const rows = [0, 1, 30, 1000, 1001, 2600][random(6)] ?? 0
  const insert = (list: string[]): string[] => (list.length > 0 ? [`INSERT INTO ${name} VALUES ${list.join(',')}`] : [])
  const where = (n: number): string =>
    key.names.length === 0
      ? `c0 <=> ${value(0)} LIMIT 1`
      : key.names.map((column, index) => `${column} = ${key.value(n)[index]}`).join(' AND ')
  const change = Array.from({ length: random(4) === 0 ? 0 : random(40) }, () => {
    const n = random(Math.max(1, rows))
    const index = random(columns.length)
    return random(6) === 0
      ? `DELETE FROM ${name} WHERE ${where(n)}`
      : `UPDATE ${name} SET c${index} = ${value(index)} WHERE ${where(n)}`
  })
  const extra = change.length > 0 ? insert(Array.from({ length: random(3) }, (_, n) => row(rows + 1 + n))) : []
  return {
    name,
    create: `CREATE TABLE ${name} (${[...columns.map((column, index) => `c${index} ${column?.type} NULL`), key.columns].filter(Boolean).join(', ')}) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_general_ci ${key.options ?? ''}`,
    fill: insert(Array.from({ length: rows }, (_, n) => row(n))).map((statement) =>
      withColumns(statement, name, key.names, columns.length)
    ),
    change: [...change, ...extra.map((statement) => withColumns(statement, name, key.names, columns.length))],
    columns: columns.map((_, index) => `c${index}`),
    keyColumns: key.names
  }
}

const withColumns = (statement: string, name: string, keyNames: string[], count: number): string =>
  statement.replace(
    `INTO ${name} `,
    `INTO ${name} (${[...keyNames, ...Array.from({ length: count }, (_, index) => `c${index}`)].join(',')}) `
  )

/** The slow truth: every row of a table as bytes, by its key as bytes; without a key by its bytes and how often they came. */
export const dumpOf = async (root: Connection, table: RandomTable): Promise<Map<string, string>> => {
  // FLOAT shows six digits unless computed as a double; every other type shows all it holds.
  const bytes = (column: string): string => `IFNULL(HEX(CONCAT(${column}, '|', IFNULL(${column} + 0e0, ''))), 'NULL')`
  const key = table.keyColumns.map((column) => `HEX(CONCAT(${column}))`).join(`,'/',`) || "''"
  const [rows] = await root.query<RowDataPacket[]>(
    `SELECT CONCAT(${key}) AS k, CONCAT_WS('/', ${table.columns.map(bytes).join(',')}) AS v FROM ${table.name}`
  )
  if (table.keyColumns.length > 0) return new Map(rows.map((row) => [String(row.k), String(row.v)]))
  const copies = new Map<string, number>()
  return new Map(
    rows.map((row) => {
      const copy = (copies.get(String(row.v)) ?? 0) + 1
      copies.set(String(row.v), copy)
      return [`${row.v}#${copy}`, '']
    })
  )
}

/** How many rows differ by the truth, by kind. */
export const differencesOf = (old: Map<string, string>, fresh: Map<string, string>) => {
  const kinds = { changed: 0, missing: 0, extra: 0 }
  for (const [key, value] of old) {
    const other = fresh.get(key)
    if (other === undefined) kinds.missing += 1
    else if (other !== value) kinds.changed += 1
  }
  for (const key of fresh.keys()) if (!old.has(key)) kinds.extra += 1
  return kinds
}
