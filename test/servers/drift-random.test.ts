import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TableVerdict } from '../../src/shared/drift'
import { type DriftPair, startDriftPair } from './own/drift-pair'
import { differencesOf, dumpOf, randomFrom, randomTable } from './own/drift-random'

const seed = Number(process.env.DRIFT_SEED ?? 20261122)

describe.each(['m1011', 'my97'] as const)('random tables with random drift on %s', (flavour) => {
  let pair: DriftPair

  beforeAll(async () => {
    pair = await startDriftPair(flavour, ['box'])
  })
  afterAll(async () => {
    await pair?.stop()
  })

  it(`are judged as a slow full dump judges them (seed ${seed})`, async () => {
    const random = randomFrom(seed)
    const tables = Array.from({ length: 24 }, (_, index) => randomTable(`t${index}`, random))
    const dumps: Record<'old' | 'new', Map<string, string>[]> = { old: [], new: [] }
    for (const side of ['old', 'new'] as const) {
      const root = await pair[side].root()
      try {
        await root.query('CREATE DATABASE box DEFAULT CHARACTER SET utf8mb4')
        await root.query('USE box')
        await root.query("SET SESSION time_zone = '+00:00'")
        for (const table of tables) {
          await root.query(table.create)
          for (const statement of [...table.fill, ...(side === 'new' ? table.change : [])]) await root.query(statement)
          dumps[side].push(await dumpOf(root, table))
        }
      } finally {
        await root.end()
      }
    }
    const state = await pair.compare({ signal: AbortSignal.timeout(100_000) }).done
    if (state.kind !== 'done') throw new Error(JSON.stringify(state))
    const verdictOf = (name: string): TableVerdict | undefined =>
      state.tables.find((one) => one.table === name)?.verdict
    const told = (verdict: TableVerdict | undefined) =>
      verdict?.kind === 'differs'
        ? verdict.kinds
        : verdict?.kind === 'same'
          ? { changed: 0, missing: 0, extra: 0 }
          : verdict
    const truth = tables.map((table, index) => [
      table.create,
      differencesOf(dumps.old[index] ?? new Map(), dumps.new[index] ?? new Map())
    ])
    expect(tables.map((table) => [table.create, told(verdictOf(table.name))])).toEqual(truth)
    expect(truth.filter(([, kinds]) => Object.values(kinds ?? {}).some((count) => count > 0)).length).toBeGreaterThan(
      10
    )
  })
})
