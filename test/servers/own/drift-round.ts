import type { RowKind, TableVerdict } from '../../../src/shared/drift'
import type { DriftPair } from './drift-pair'
import { differencesOf, dumpOf, randomFrom, randomTable } from './drift-random'

type Kinds = Record<RowKind, number>

export interface RandomScenario {
  create: string
  /** By a slow full dump of both sides. */
  truth: Kinds
  /** By the comparison; a verdict that is neither same nor differs as it is. */
  told: Kinds | TableVerdict | undefined
}

const told = (verdict: TableVerdict | undefined): RandomScenario['told'] =>
  verdict?.kind === 'differs'
    ? verdict.kinds
    : verdict?.kind === 'same'
      ? { changed: 0, missing: 0, extra: 0 }
      : verdict

/** Random tables with random drift in a schema of their own, compared once; the schema is dropped afterwards. */
export const randomRound = async (
  pair: DriftPair,
  seed: number,
  count: number,
  schema: string
): Promise<RandomScenario[]> => {
  const random = randomFrom(seed)
  const tables = Array.from({ length: count }, (_, index) => randomTable(`t${index}`, random))
  const dumps: Record<'old' | 'new', Map<string, string>[]> = { old: [], new: [] }
  const oneSide = async (
    side: 'old' | 'new',
    work: (root: Awaited<ReturnType<DriftPair['old']['root']>>) => Promise<void>
  ) => {
    const root = await pair[side].root()
    try {
      await work(root)
    } finally {
      await root.end()
    }
  }
  const both = ['old', 'new'] as const
  await Promise.all(
    both.map((side) =>
      oneSide(side, async (root) => {
        await root.query(`CREATE DATABASE ${schema} DEFAULT CHARACTER SET utf8mb4`)
        await root.query(`USE ${schema}`)
        await root.query("SET SESSION time_zone = '+00:00', sql_log_bin = 0, sql_mode = ''")
        for (const table of tables) {
          await root.query(table.create)
          for (const statement of [...table.fill, ...(side === 'new' ? table.change : [])]) await root.query(statement)
          dumps[side].push(await dumpOf(root, table))
        }
      })
    )
  )
  const state = await pair.compare({ move: { ...pair.move, schemas: [schema] }, signal: AbortSignal.timeout(300_000) })
    .done
  if (state.kind !== 'done') throw new Error(JSON.stringify(state))
  await Promise.all(
    both.map((side) =>
      oneSide(side, async (root) => {
        await root.query('SET SESSION sql_log_bin = 0')
        await root.query(`DROP DATABASE ${schema}`)
      })
    )
  )
  return tables.map((table, index) => ({
    create: table.create,
    truth: differencesOf(dumps.old[index] ?? new Map(), dumps.new[index] ?? new Map()),
    told: told(state.tables.find((one) => one.table === table.name)?.verdict)
  }))
}
