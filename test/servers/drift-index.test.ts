import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TableVerdict } from '../../src/shared/drift'
import { type DriftPair, startDriftPair } from './own/drift-pair'

const rows = 120_000

/** What has read rows, by how: `next` steps along an index or a table, `random` reads one row after the other. */
const readRows = async (pair: DriftPair): Promise<number> => {
  const root = await pair.old.root()
  try {
    const [status] = await root.query("SHOW GLOBAL STATUS LIKE 'Handler_read_rnd_next'")
    return Number((status as { Value: string }[])[0]?.Value)
  } finally {
    await root.end()
  }
}

describe.each(['m1011', 'my97'] as const)('indexes on %s', (flavour) => {
  let pair: DriftPair

  beforeAll(async () => {
    pair = await startDriftPair(flavour, ['shop'])
    for (const side of ['old', 'new'] as const)
      await pair[side].asRoot(
        'SET SESSION sql_log_bin = 0, max_heap_table_size = 67108864',
        'CREATE DATABASE shop',
        'CREATE TABLE shop.digits (n INT PRIMARY KEY)',
        `INSERT INTO shop.digits VALUES ${Array.from({ length: 400 }, (_, index) => `(${index})`).join(',')}`,
        'CREATE TABLE shop.hashed (id INT, a VARCHAR(20), PRIMARY KEY USING HASH (id)) ENGINE = MEMORY',
        'CREATE TABLE shop.ranged (id INT, sub INT, a VARCHAR(20), PRIMARY KEY (id, sub))',
        `INSERT INTO shop.hashed SELECT x.n * 400 + y.n, CONCAT('row ', y.n) FROM shop.digits x, shop.digits y WHERE x.n < ${rows / 400}`,
        'INSERT INTO shop.ranged SELECT id DIV 10, id % 10, a FROM shop.hashed',
        'ANALYZE TABLE shop.ranged'
      )
    await pair.new.asRoot(
      'SET SESSION sql_log_bin = 0',
      "UPDATE shop.hashed SET a = 'drifted' WHERE id = 17",
      "UPDATE shop.ranged SET a = 'drifted' WHERE id = 1 AND sub = 7"
    )
  })
  afterAll(async () => {
    await pair?.stop()
  })

  const compared = async (table: string): Promise<{ verdict: TableVerdict | undefined; scans: number }> => {
    const before = await readRows(pair)
    const state = await pair.compare({ wish: { only: [`shop.${table}`] } }).done
    if (state.kind !== 'done') throw new Error(JSON.stringify(state))
    const verdict = state.tables.find((one) => one.table === table)?.verdict
    return { verdict, scans: ((await readRows(pair)) - before) / rows }
  }

  it('that know no ranges cost some scans of their table, not one for each range', async () => {
    const { verdict, scans } = await compared('hashed')
    // Told by what the rows hold: one that is gone and one that came.
    expect(verdict).toMatchObject({ kind: 'differs', kinds: { changed: 0, missing: 1, extra: 1 } })
    expect(scans).toBeGreaterThan(0.9)
    expect(scans).toBeLessThan(15)
  })

  it('that know ranges are used for them', async () => {
    const { verdict, scans } = await compared('ranged')
    expect(verdict).toMatchObject({ kind: 'differs', kinds: { changed: 1, missing: 0, extra: 0 } })
    expect(scans).toBeLessThan(0.9)
  })
})
