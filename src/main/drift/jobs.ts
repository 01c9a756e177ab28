import type { DriftState, TableDrift, TableVerdict } from '../../shared/drift'
import type { DriftWish } from '../../shared/drift-wish'
import type { TablePair } from './compare-schema'
import type { TableMark } from './compare-table'
import { definitionMark } from './definition'
import type { ObjectFacts } from './schema-facts'
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
  pairs: TablePair[],
  previous: DriftState,
  wish: DriftWish = {},
  views: readonly ObjectFacts[] = []
): Job[] => {
  const before = new Map(
    previous.kind === 'never' ? [] : previous.tables.map((table) => [idOf(table.schema, table.table), table])
  )
  return [
    ...[...pairs]
      .sort(
        (a, b) => risk(b, before) - risk(a, before) || bytesOf(b) - bytesOf(a) || nameOf(a).localeCompare(nameOf(b))
      )
      .flatMap((pair) => jobOf(pair, before, wish) ?? []),
    ...views.map((view) => viewJob(view))
  ]
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
const among = (list: readonly string[] | undefined, schema: string, table: string): boolean =>
  (list ?? []).some((entry) => {
    const wanted = entry.toLowerCase()
    return wanted === `${schema}.${table}`.toLowerCase() || wanted === `${schema}.*`.toLowerCase()
  })

/** Why a table is not compared although it could be; null when it is compared. Pure. */
export const leftOutByChoice = (wish: DriftWish, schema: string, table: string): string | null => {
  if (among(wish.without, schema, table)) return 'left out by choice'
  if (wish.only?.length && !among(wish.only, schema, table)) return 'not asked for this time'
  return null
}

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

const jobOf = (pair: TablePair, before: Map<string, TableDrift>, wish: DriftWish): Job | null => {
  const table = pair.old ?? pair.new
  if (!table) return null
  const last = before.get(idOf(table.schema, table.name))
  const previous = last && settled(last.verdict)
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
  const chosen = leftOutByChoice(wish, table.schema, table.name)
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
const risk = (pair: TablePair, before: Map<string, TableDrift>): number => {
  const table = pair.old ?? pair.new
  const last = table && before.get(idOf(table.schema, table.name))?.verdict.kind
  if (last === 'differs' || last === 'inconclusive') return 2
  return pair.old?.updated || pair.new?.updated ? 1 : 0
}

const bytesOf = (pair: TablePair): number => pair.old?.bytes ?? pair.new?.bytes ?? 0
const nameOf = (pair: TablePair): string => `${(pair.old ?? pair.new)?.schema}.${(pair.old ?? pair.new)?.name}`
