import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DriftRun } from '../../src/main/drift/run-drift'
import type { DriftState, TableVerdict } from '../../src/shared/drift'
import { type DriftPair, startDriftPair } from './own/drift-pair'
import { randomRound } from './own/drift-round'

const values = `'2024-03-31 02:30:00.125', '12:00:01', 2024, 0.1, 16777217, 12345678901234.5678, b'101', 'b', 'x,z', X'00FF27', 'Ünïcode 😀 ''quoted''', 9223372036854775807, '2024-01-01 00:00:00'`
const create = (name: string, text: string): string[] => [
  `CREATE TABLE shop.${name} (id INT PRIMARY KEY, a DATETIME(3), b TIME, c YEAR, d DOUBLE, e FLOAT, f DECIMAL(20,4), g BIT(3), h ENUM('a','b'), i SET('x','y','z'), j VARBINARY(10), k VARCHAR(60), l BIGINT, m TIMESTAMP NULL) DEFAULT CHARSET utf8mb4 COLLATE ${text}`,
  ...[1, 2, 3].map((id) => `INSERT INTO shop.${name} VALUES (${id}, ${values})`)
]
/** What each family makes the standard, and what the other does not know. */
const collation = { old: 'utf8mb4_0900_ai_ci', new: 'utf8mb4_unicode_520_ci' }

describe('MySQL compared with MariaDB', () => {
  let pair: DriftPair
  let run: DriftRun
  let state: DriftState

  beforeAll(async () => {
    pair = await startDriftPair(['my97', 'm1011'], ['shop'])
    for (const side of ['old', 'new'] as const)
      await pair[side].asRoot(
        'SET SESSION sql_log_bin = 0',
        "SET SESSION time_zone = '+00:00'",
        'CREATE DATABASE shop',
        ...create('equal', collation[side]),
        ...create('drifted', collation[side]),
        `CREATE TABLE shop.named (name VARCHAR(20) PRIMARY KEY, a INT) DEFAULT CHARSET utf8mb4 COLLATE ${collation[side]}`,
        "INSERT INTO shop.named VALUES ('Ada', 1), ('grace', 2), ('Zoë', 3)",
        'CREATE TABLE shop.settings (id INT PRIMARY KEY, a INT, document JSON)',
        `INSERT INTO shop.settings VALUES (1, 1, '{"b": 1, "a": [1, "ß"]}')`,
        'CREATE TABLE shop.places (id INT PRIMARY KEY, at POINT NOT NULL)',
        "INSERT INTO shop.places VALUES (1, ST_GeomFromText('POINT(1 2)')), (2, ST_GeomFromText('POINT(3 4)'))"
      )
    await pair.new.asRoot(
      "UPDATE shop.drifted SET d = 0.1000000001, k = 'ünïcode 😀 ''quoted''' WHERE id = 2",
      'DELETE FROM shop.drifted WHERE id = 3',
      "UPDATE shop.named SET name = 'zoe' WHERE a = 3",
      "UPDATE shop.places SET at = ST_GeomFromText('POINT(3 5)') WHERE id = 2"
    )
    run = pair.compare()
    state = await run.done
  })
  afterAll(async () => {
    await pair?.stop()
  })

  const verdict = (table: string): TableVerdict | undefined => {
    if (state.kind !== 'done') throw new Error(JSON.stringify(state))
    return state.tables.find((one) => one.table === table)?.verdict
  }

  it('finds the same where rows are the same, and exactly the rows that are not', () => {
    expect(verdict('equal')).toMatchObject({ kind: 'same' })
    expect(verdict('drifted')).toMatchObject({ kind: 'differs', rows: 2, kinds: { changed: 1, missing: 1, extra: 0 } })
    expect(run.rowsOf('shop', 'drifted').map((row) => [row.kind, row.key.id, row.columns.join()])).toEqual([
      ['changed', '2', 'd,k'],
      ['missing', '3', '']
    ])
    expect(verdict('places')).toMatchObject({ kind: 'differs', kinds: { changed: 1, missing: 0, extra: 0 } })
  })

  it('counts rows by what they hold where the families order a key in different ways', () => {
    expect(verdict('named')).toMatchObject({ kind: 'differs', kinds: { changed: 0, missing: 1, extra: 1 } })
    expect(run.rowsOf('shop', 'named').map((row) => (row.old ?? row.new)?.name)).toEqual(
      expect.arrayContaining(['Zoë', 'zoe'])
    )
  })

  it('says which column has no common form, and never calls its table the same', () => {
    expect(verdict('settings')).toMatchObject({
      kind: 'inconclusive',
      why: expect.stringContaining('document is json on one side and longtext on the other')
    })
  })

  it('judges random tables as a slow full dump does', async () => {
    const round = await randomRound(pair, 20261123, 20, 'box')
    expect(round.map(({ create, told }) => ({ create, told }))).toEqual(
      round.map(({ create, truth }) => ({ create, told: truth }))
    )
  })
})
