import type { DriftState, TableDrift, TableVerdict } from '../../shared/drift'
import type { DriftWish } from '../../shared/drift-wish'
import type { TablePair } from './compare-schema'
import type { TableMark } from './compare-table'
import { definitionMark } from './definition'
import type { ObjectFacts, TableFacts } from './schema-facts'
import { atOnce, mapped, type Slices, sorted } from './slices'
import { type PlanResult, planTable } from './table-plan'

/** One table of a comparison: to be compared, or settled without looking at rows. */
export type Job =
  | {
      kind: 'compare'
      drift: TableDrift
      /** Made when it is its turn: the statements of a hundred thousand tables are not held at once. */
      plan(): PlanResult
      names: Record<'old' | 'new', { schema: string; name: string }>
      /** A mark of both sides' definitions when the comparison began. */
      definition: string
      /** Where an earlier run had come to. */
      from: TableMark | null
      /** When that was judged: the verdict is as old. */
      fromAt?: number
    }
  | { kind: 'settled'; drift: TableDrift }

const idOf = (schema: string, table: string): string => `${schema}\u0000${table}`

/** All tables of both sides, those with the most to lose first; views and what was left out by choice at the end. */
export const jobsOf = (
  pairs: readonly TablePair[],
  previous: DriftState,
  wish: DriftWish = {},
  views: readonly ObjectFacts[] = []
): Job[] => atOnce(makingJobs(pairs, previous, wish, views))

/** `jobsOf` in slices. */
export function* makingJobs(
  pairs: readonly TablePair[],
  previous: DriftState,
  wish: DriftWish,
  views: readonly ObjectFacts[]
): Slices<Job[]> {
  const before = new Map<string, TableVerdict>()
  if (previous.kind !== 'never')
    yield* mapped(previous.tables, ({ schema, table, verdict }) => before.set(idOf(schema, table), verdict))
  const ranked: Ranked[] = []
  for (const pair of pairs) {
    ranked.push(...rankedOf(pair, before))
    yield
  }
  const { compare } = new Intl.Collator()
  const inOrder = yield* sorted(
    ranked,
    (a, b) => b.risk - a.risk || b.table.bytes - a.table.bytes || compare(a.name, b.name)
  )
  const leftOut = leavingOut(wish)
  const jobs = yield* mapped(inOrder, (one) => jobOf(one, leftOut, wish))
  return jobs.concat(yield* mapped(views, viewJob))
}

/** A table with what its place among the others is told by. */
interface Ranked {
  pair: TablePair
  table: TableFacts
  name: string
  risk: number
  last: TableVerdict | undefined
}

const rankedOf = (pair: TablePair, before: ReadonlyMap<string, TableVerdict>): Ranked[] => {
  const table = pair.old ?? pair.new
  if (!table) return []
  const last = before.get(idOf(table.schema, table.name))
  return [{ pair, table, name: `${table.schema}.${table.name}`, risk: risk(pair, last), last }]
}

const viewJob = ({ schema, name }: ObjectFacts): Job => ({
  kind: 'settled',
  drift: {
    schema,
    table: name,
    estimatedRows: 0,
    bytes: 0,
    verdict: { kind: 'left-out', why: 'it is a view: its rows are those of its tables' },
    view: true
  }
})

/** `shop.orders`, `shop.*`; names are compared without regard to case. */
const among = (list: readonly string[] = []): ((schema: string, table: string) => boolean) => {
  const wanted = new Set(list.map((entry) => entry.toLowerCase()))
  if (wanted.size === 0) return () => false
  return (schema, table) => wanted.has(`${schema}.${table}`.toLowerCase()) || wanted.has(`${schema}.*`.toLowerCase())
}

type LeftOut = (schema: string, table: string) => string | null

const leavingOut = (wish: DriftWish): LeftOut => {
  const [without, only] = [among(wish.without), among(wish.only)]
  return (schema, table) => {
    if (without(schema, table)) return 'left out by choice'
    if (wish.only?.length && !only(schema, table)) return 'not asked for this time'
    return null
  }
}

/** Why a table is not compared although it could be; null when it is compared. Pure. */
export const leftOutByChoice = (wish: DriftWish, schema: string, table: string): string | null =>
  leavingOut(wish)(schema, table)

const nothing: ReadonlyMap<string, string> = new Map()

const withoutOf = (wish: DriftWish, schema: string, table: string): ReadonlyMap<string, string> => {
  if (!wish.withoutColumns) return nothing
  const start = `${schema}.${table}.`.toLowerCase()
  return new Map(
    Object.entries(wish.withoutColumns ?? {}).flatMap(([name, reason]) =>
      name.toLowerCase().startsWith(start) ? [[name.slice(start.length).toLowerCase(), reason] as const] : []
    )
  )
}

const jobOf = ({ pair, table, last }: Ranked, leftOut: LeftOut, wish: DriftWish): Job => {
  const previous = last && settled(last)
  const drift: TableDrift = {
    schema: table.schema,
    table: table.name,
    estimatedRows: table.rows,
    bytes: table.bytes,
    verdict: { kind: 'queued' },
    ...(previous ? { previous } : {})
  }
  const leave = (why: string): Job => {
    drift.verdict = { kind: 'left-out', why }
    return { kind: 'settled', drift }
  }
  if (!pair.old || !pair.new) return leave(`it exists on the ${pair.old ? 'old' : 'new'} side only`)
  const chosen = leftOut(table.schema, table.name)
  if (chosen) return leave(chosen)
  const without = withoutOf(wish, table.schema, table.name)
  const { old, new: fresh } = pair
  return {
    kind: 'compare',
    drift,
    plan: () => planTable(old, fresh, { hash: wish.strong ? 'strong' : 'quick', without }),
    names: { old, new: fresh },
    definition: definitionMark(old) + definitionMark(fresh),
    from: null
  }
}

const settled = (verdict: TableVerdict): TableVerdict | null =>
  verdict.kind === 'same' || verdict.kind === 'differs' || verdict.kind === 'inconclusive' ? verdict : null

/** Tables that differed the last time come first, then those written lately. */
const risk = (pair: TablePair, last: TableVerdict | undefined): number => {
  if (last?.kind === 'differs' || last?.kind === 'inconclusive') return 2
  return pair.old?.updated || pair.new?.updated ? 1 : 0
}
