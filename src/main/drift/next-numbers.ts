import type { ObjectDifference } from '../../shared/drift'
import { quoteId, quoteTable, quoteText } from '../mysql/identifiers'
import { formOf } from './column-form'
import type { TablePair } from './compare-schema'
import { type CompareSession, isTransport } from './compare-session'
import { catchUp, type Following, type Sessions } from './follow'
import type { TableFacts } from './schema-facts'
import { inSlices, mapped } from './slices'
import { otherSide, type Side } from './table-plan'

/** AUTO_INCREMENT of one table on one side, with the largest number in it when the first was read; null = none, or not told. */
export interface NextNumber {
  next: bigint | null
  highest: bigint | null
}

/** One table on both sides. */
export interface NextNumbers {
  /** `shop.orders` */
  table: string
  column: string
  old: NextNumber
  new: NextNumber
}

/** How the number after the next one is found on each side; co-masters use different offsets of one step. */
export interface NumberSteps {
  old: bigint
  new: bigint
}

const collides = ({ next, highest }: NextNumber): boolean => next !== null && highest !== null && next <= highest

/**
 * What of AUTO_INCREMENT is not the same and what follows from it. Numbers that stand apart by less than a step are as
 * co-masters have them. `caughtUp`: the passive side had applied all that the active one had given out. Pure.
 */
export const judgeNumbers = (
  tables: readonly NextNumbers[],
  steps: NumberSteps,
  active: Side,
  caughtUp: boolean
): ObjectDifference[] => {
  const passive = otherSide(active)
  const step = steps.old > steps.new ? steps.old : steps.new
  return tables.flatMap((table): ObjectDifference[] => {
    const [source, replica] = [table[active], table[passive]]
    if (source.next === null || replica.next === null) return []
    const difference = {
      kind: 'table' as const,
      name: table.table,
      what: 'AUTO_INCREMENT',
      old: String(table.old.next),
      new: String(table.new.next)
    }
    // Numbers that are used up on both sides alike are no drift.
    if (collides(replica) && !collides(source))
      return [
        {
          ...difference,
          meaning: `The passive side would give ${replica.next} next, but ${table.column} goes up to ${replica.highest} there: after the switch new rows run into numbers that are taken (duplicate key, 1062). ALTER TABLE … AUTO_INCREMENT = ${(replica.highest ?? 0n) + 1n} there, with sql_log_bin = 0, mends it.`
        }
      ]
    if (!caughtUp || source.next - replica.next < step) return []
    return [
      {
        ...difference,
        expected: true,
        meaning: `The active side has given out numbers up to ${source.next - 1n} that no row holds any more, or ever held: inserts that were rolled back do not travel. After the switch they are given out again. That matters only where such a number was used elsewhere, on an invoice for example.`
      }
    ]
  })
}

const tablesPerStatement = 100

interface Numbered {
  facts: Record<Side, TableFacts>
  column: string
}

/** A table with a number that its server counts, on both sides, whose largest value an index knows. */
const numbered = (pair: TablePair): Numbered[] => {
  if (!pair.old || !pair.new) return []
  const columns = [pair.old, pair.new].map(
    (table) =>
      table.columns.find(
        (column) =>
          /\bauto_increment\b/i.test(column.extra) &&
          formOf(column) === 'integer' &&
          table.indexes.some((index) => index.usable && index.parts[0]?.column === column.name)
      )?.name
  )
  const [column, other] = columns
  return column && column === other ? [{ facts: { old: pair.old, new: pair.new }, column }] : []
}

const bigintOf = (text: string | null | undefined): bigint | null =>
  text && /^-?\d+$/.test(text) ? BigInt(text) : null

/** Largest numbers by the place of their table; a table that may not be read is left out, as its rows are. */
const readHighest = async (
  session: CompareSession,
  side: Side,
  tables: readonly Numbered[]
): Promise<Map<number, bigint | null>> => {
  const highest = new Map<number, bigint | null>()
  const select = ({ facts, column }: Numbered, index: number): string =>
    `SELECT ${index} AS i, MAX(${quoteId(column)}) AS n FROM ${quoteTable(facts[side].schema, facts[side].name)}`
  const read = async (selects: readonly string[]): Promise<void> => {
    try {
      for (const row of await session.cells(selects.join(' UNION ALL '))) highest.set(Number(row[0]), bigintOf(row[1]))
    } catch (error) {
      if (isTransport(error)) throw error
      if (selects.length > 1) for (const one of selects) await read([one])
    }
  }
  for (let from = 0; from < tables.length; from += tablesPerStatement)
    await read(tables.slice(from, from + tablesPerStatement).map((table, index) => select(table, from + index)))
  return highest
}

const idOf = (schema: string, table: string): string => `${schema}\u0000${table}`

const readNext = async (session: CompareSession, schemas: readonly string[]): Promise<Map<string, bigint | null>> => {
  const rows = await session.cells(
    `SELECT TABLE_SCHEMA, TABLE_NAME, AUTO_INCREMENT FROM information_schema.TABLES WHERE TABLE_SCHEMA IN (${schemas.map(quoteText).join(',')}) AND AUTO_INCREMENT IS NOT NULL`
  )
  const next = new Map<string, bigint | null>()
  await inSlices(mapped(rows, (row) => next.set(idOf(row[0] ?? '', row[1] ?? ''), bigintOf(row[2]))))
  return next
}

const readStep = async (session: CompareSession): Promise<bigint> => {
  const [row] = await session.cells('SELECT @@global.auto_increment_increment')
  return bigintOf(row?.[0]) ?? 1n
}

/** Reads and judges AUTO_INCREMENT on both sides: the active one first, so that nothing is told of what is still under way. */
export const compareNumbers = async (
  sessions: Sessions,
  following: Following,
  pairs: readonly TablePair[]
): Promise<ObjectDifference[]> => {
  const tables = (await inSlices(mapped(pairs, numbered))).flat()
  if (tables.length === 0) return []
  const { active } = following
  const look = async (side: Side): Promise<NextNumber[]> => {
    const schemas = [...new Set(tables.map(({ facts }) => facts[side].schema))]
    // In this order a number that grows meanwhile is never taken for one that is too small.
    const highest = await readHighest(sessions[side], side, tables)
    const next = await readNext(sessions[side], schemas)
    const numberOf = ({ facts }: Numbered, index: number): NextNumber => ({
      next: next.get(idOf(facts[side].schema, facts[side].name)) ?? null,
      highest: highest.get(index) ?? null
    })
    return await inSlices(mapped(tables, numberOf))
  }
  const source = await look(active)
  const caughtUp =
    following.kind === 'apart' || (following.kind === 'follows' && (await catchUp(sessions, active)).kind === 'caught')
  const replica = await look(otherSide(active))
  const [old, fresh] = active === 'old' ? [source, replica] : [replica, source]
  const steps = { old: await readStep(sessions.old), new: await readStep(sessions.new) }
  return judgeNumbers(
    tables.flatMap(({ facts, column }, index) => {
      const [a, b] = [old[index], fresh[index]]
      return a && b ? [{ table: `${facts.old.schema}.${facts.old.name}`, column, old: a, new: b }] : []
    }),
    steps,
    active,
    caughtUp
  )
}
