import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { breathless } from '../../src/main/drift/breath'
import { pairTables } from '../../src/main/drift/compare-schema'
import { compareTable } from '../../src/main/drift/compare-table'
import { openLanes } from '../../src/main/drift/lanes'
import { readSchema } from '../../src/main/drift/read-schema'
import { planTable } from '../../src/main/drift/table-plan'
import type { TableVerdict } from '../../src/shared/drift'
import { type DriftPair, startDriftPair } from './own/drift-pair'

const digits =
  '(SELECT 0 d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)'
const rows = `SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d AS n FROM ${digits} a, ${digits} b, ${digits} c, ${digits} e HAVING n < 3000`

/** Rows so large, as the comparison is told, that a range holds 100 of them: many ranges of few rows. */
const rowBytes = 80_000

const tables = {
  /** Negative, positive, with gaps. */
  numbers: {
    create: 'CREATE TABLE dense.numbers (id BIGINT NOT NULL PRIMARY KEY, n INT NOT NULL, t VARCHAR(20) NULL)',
    fill: `INSERT INTO dense.numbers SELECT (n - 1500) * 3, n, IF(n % 11 = 0, NULL, CONCAT('t', n)) FROM (${rows}) s`
  },
  pairs: {
    create:
      'CREATE TABLE dense.pairs (a VARCHAR(20) NOT NULL, b SMALLINT NOT NULL, n INT NOT NULL, t TEXT NULL, PRIMARY KEY (a, b))',
    fill: `INSERT INTO dense.pairs SELECT CONCAT('k', n DIV 10), n % 10, n, IF(n % 11 = 0, NULL, CONCAT('t', n)) FROM (${rows}) s`
  },
  /** Its rows may be too large to be hashed, so that the sums count. */
  long: {
    create: 'CREATE TABLE dense.long (id INT NOT NULL PRIMARY KEY, n INT NOT NULL, t LONGTEXT NULL)',
    fill: `INSERT INTO dense.long SELECT n, n, IF(n % 11 = 0, NULL, CONCAT('t', n)) FROM (${rows}) s`
  }
}
type Name = keyof typeof tables

describe.each(['m1011', 'my97'] as const)('many differing rows, on %s', (flavour) => {
  let pair: DriftPair
  beforeAll(async () => {
    pair = await startDriftPair(flavour, ['dense'])
    for (const side of ['old', 'new'] as const)
      await pair[side].asRoot(
        'CREATE DATABASE dense DEFAULT CHARACTER SET utf8mb4',
        ...Object.values(tables).flatMap(({ create, fill }) => [create, fill])
      )
  })
  afterAll(() => pair?.stop())

  const verdictOn = async (name: Name): Promise<TableVerdict> => {
    const signal = AbortSignal.timeout(30_000)
    const lanes = await openLanes({ reach: pair.reach, oldServer: 'old-db', newServer: 'new-db', signal })
    try {
      const both = await lanes.upTo(2)
      const first = lanes.first()
      const [old, fresh] = await Promise.all([readSchema(first.old, ['dense']), readSchema(first.new, ['dense'])])
      const table = pairTables(old, fresh).find((one) => one.old?.name === name)
      if (!table?.old || !table.new) throw new Error('the table was not found')
      const planned = planTable(table.old, table.new)
      if (planned.kind !== 'plan') throw new Error(planned.kind)
      const outcome = await compareTable({
        plan: planned.plan,
        lanes: both,
        following: { kind: 'apart', active: 'old' },
        breath: breathless,
        signal,
        rowBytes,
        position: 'none',
        from: null,
        onRows: () => {},
        onMark: () => {}
      })
      return outcome.verdict
    } finally {
      await lanes.close()
    }
  }

  it.each(Object.keys(tables) as Name[])('of %s are told exactly, none more and none less', async (name) => {
    expect(await verdictOn(name)).toMatchObject({ kind: 'same' })
    await pair.new.asRoot(
      `UPDATE dense.${name} SET t = IFNULL(CONCAT(t, ' '), '') WHERE n % 30 = 7`,
      `DELETE FROM dense.${name} WHERE n % 30 = 11`
    )
    await pair.old.asRoot(`DELETE FROM dense.${name} WHERE n % 30 = 22`)
    expect(await verdictOn(name)).toMatchObject({
      kind: 'differs',
      rows: 300,
      kinds: { changed: 100, missing: 100, extra: 100 }
    })
    // Values that changed places are the same values at other places.
    await pair.new.asRoot(
      `UPDATE dense.${name} SET t = IF(n % 60 = 1, CONCAT('t', n + 1), CONCAT('t', n - 1)) WHERE n % 60 IN (1, 2) AND t IS NOT NULL`
    )
    const exchanged = Array.from({ length: 3000 }, (_, n) => n).filter((n) => [1, 2].includes(n % 60) && n % 11 !== 0)
    expect(await verdictOn(name)).toMatchObject({ kind: 'differs', rows: 300 + exchanged.length })
  })
})
