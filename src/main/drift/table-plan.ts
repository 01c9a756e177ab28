import { quoteId } from '../mysql/identifiers'
import { type ColumnRead, pairColumns } from './canonical'
import { columnHashes, rowHash } from './row-hash'
import type { TableFacts } from './schema-facts'
import { chooseKey, type TableKey } from './table-key'

export type Side = 'old' | 'new'
export const otherSide = (side: Side): Side => (side === 'old' ? 'new' : 'old')

/** How one side of a table is read. */
export interface SidePlan {
  /** `` `shop`.`orders` FORCE INDEX (`PRIMARY`) `` */
  from: string
  hash: string
  columnHashes: string
  /** Shown values in the order of `columns`. */
  shows: string[]
}

/** Everything needed to compare one table; made once, from facts only. */
export interface TablePlan {
  schema: string
  table: string
  key: TableKey
  columns: string[]
  keyColumns: string[]
  old: SidePlan
  new: SidePlan
  /** Why `same` must not be said even when all that was compared is equal. */
  reservations: string[]
}

export type PlanResult = { kind: 'plan'; plan: TablePlan } | { kind: 'left-out'; why: string }

const sidePlan = (facts: TableFacts, index: string, key: ColumnRead[], others: ColumnRead[]): SidePlan => ({
  from: `${quoteId(facts.schema)}.${quoteId(facts.name)} FORCE INDEX (${quoteId(index)})`,
  hash: rowHash(key, others),
  columnHashes: columnHashes([...key, ...others]),
  shows: [...key, ...others].map((column) => column.show)
})

/** Columns that exist on one side only, and generated ones that are computed when read. */
export const planTable = (old: TableFacts, fresh: TableFacts): PlanResult => {
  if (old.type === 'SEQUENCE' || fresh.type === 'SEQUENCE')
    return { kind: 'left-out', why: 'it is a sequence, not a table' }
  const choice = chooseKey(old, fresh)
  if (choice.kind === 'none') return { kind: 'left-out', why: `rows cannot be matched one by one: ${choice.why}` }
  const reservations: string[] = []
  const pairs: { old: ColumnRead; new: ColumnRead }[] = []
  const twins = new Map(fresh.columns.map((column) => [column.name.toLowerCase(), column]))
  for (const column of old.columns) {
    const twin = twins.get(column.name.toLowerCase())
    twins.delete(column.name.toLowerCase())
    if (!twin) {
      reservations.push(`column ${column.name} exists on the old side only`)
      continue
    }
    // A virtual column is its expression, which the schema comparison sees.
    if (isVirtual(column.extra) || isVirtual(twin.extra)) continue
    const pair = pairColumns(column, twin)
    if (pair.kind === 'incomparable') reservations.push(pair.why)
    else pairs.push(pair)
  }
  for (const column of twins.values()) reservations.push(`column ${column.name} exists on the new side only`)
  const isKey = (name: string): boolean => choice.key.columns.some((column) => column.name === name)
  const key = choice.key.columns.flatMap((column) => pairs.filter((pair) => pair.old.name === column.name))
  const others = pairs.filter((pair) => !isKey(pair.old.name))
  if (key.length !== choice.key.columns.length)
    return { kind: 'left-out', why: 'a column of its key cannot be read alike on both sides' }
  return {
    kind: 'plan',
    plan: {
      schema: old.schema,
      table: old.name,
      key: choice.key,
      columns: [...key, ...others].map((pair) => pair.old.name),
      keyColumns: key.map((pair) => pair.old.name),
      old: sidePlan(
        old,
        choice.key.index.old,
        key.map((pair) => pair.old),
        others.map((pair) => pair.old)
      ),
      new: sidePlan(
        fresh,
        choice.key.index.new,
        key.map((pair) => pair.new),
        others.map((pair) => pair.new)
      ),
      reservations
    }
  }
}

const isVirtual = (extra: string): boolean => /\bvirtual\b/i.test(extra)
