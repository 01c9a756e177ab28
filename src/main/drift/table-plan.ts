import { quoteId } from '../mysql/identifiers'
import { type ColumnRead, pairColumns } from './canonical'
import { mostBytesOf } from './row-bytes'
import { columnHashes, keyHash, type RowHashKind, rowHash, type SumKind } from './row-hash'
import type { TableFacts } from './schema-facts'
import { chooseKey, type TableKey } from './table-key'

export type Side = 'old' | 'new'
export const otherSide = (side: Side): Side => (side === 'old' ? 'new' : 'old')

/** How one side of a table is read. */
export interface SidePlan {
  /** `` `shop`.`orders` FORCE INDEX (`PRIMARY`) `` */
  from: string
  hash: string
  /** A number of the key alone, the same on both sides; 0 when there is no key. */
  keyHash: string
  columnHashes: string
  /** Shown values in the order of `columns`. */
  shows: string[]
}

/** How both sides of a table are read; made once, from facts only. */
export interface TableReads {
  schema: string
  table: string
  columns: string[]
  old: SidePlan
  new: SidePlan
  /** The side that seems to hold more rows. */
  fuller: Side
  /** Why `same` must not be said even when all that was compared is equal. */
  reservations: string[]
  /** What was left out by choice. */
  notes: string[]
}

/** A table whose rows are found by their key. */
export interface TablePlan extends TableReads {
  key: TableKey
  keyColumns: string[]
  /** No row's hashed text is longer; Infinity: not known before it is read. */
  mostBytes: number
  sum: SumKind
}

/** A table whose rows can only be counted by what they hold. */
export interface MultisetPlan extends TableReads {
  why: string
  /** The larger number of rows, as the servers estimate it. */
  rows: number
}

export type PlanResult =
  | { kind: 'plan'; plan: TablePlan }
  | { kind: 'multiset'; plan: MultisetPlan }
  | { kind: 'left-out'; why: string }

/** Engines whose tables hold no rows of their own. */
const rowless: Record<string, string> = {
  blackhole: 'its engine keeps no rows',
  federated: 'its rows are kept on another server',
  connect: 'its rows are kept outside the server',
  spider: 'its rows are kept on other servers',
  mrg_myisam: 'it joins other tables, which are compared by themselves'
}

export interface PlanOptions {
  hash: RowHashKind
  /** Columns (lower case) left out by choice, with the reason. */
  without?: ReadonlyMap<string, string>
}

const sidePlan = (
  facts: TableFacts,
  index: string | null,
  key: ColumnRead[],
  others: ColumnRead[],
  hash: RowHashKind
): SidePlan => ({
  from: `${quoteId(facts.schema)}.${quoteId(facts.name)}${index === null ? '' : ` FORCE INDEX (${quoteId(index)})`}`,
  hash: rowHash(key, others, hash),
  keyHash: keyHash(key),
  columnHashes: columnHashes([...key, ...others]),
  shows: [...key, ...others].map((column) => column.show)
})

/** How a table is compared. Columns on one side only are a reservation; generated ones that are computed when read are not read. */
export const planTable = (
  old: TableFacts,
  fresh: TableFacts,
  { hash, without }: PlanOptions = { hash: 'quick' }
): PlanResult => {
  if (old.type === 'SEQUENCE' || fresh.type === 'SEQUENCE')
    return { kind: 'left-out', why: 'it is a sequence, not a table' }
  const elsewhere = rowless[old.engine.toLowerCase()] ?? rowless[fresh.engine.toLowerCase()]
  if (elsewhere) return { kind: 'left-out', why: elsewhere }
  const reservations: string[] = []
  const notes: string[] = []
  const pairs: { old: ColumnRead; new: ColumnRead }[] = []
  const twins = new Map(fresh.columns.map((column) => [column.name.toLowerCase(), column]))
  for (const column of old.columns) {
    const twin = twins.get(column.name.toLowerCase())
    twins.delete(column.name.toLowerCase())
    const chosen = without?.get(column.name.toLowerCase())
    if (chosen !== undefined) notes.push(`column ${column.name} was left out: ${chosen}`)
    else if (!twin) reservations.push(`column ${column.name} exists on the old side only`)
    else if (!isVirtual(column.extra) && !isVirtual(twin.extra)) {
      // A virtual column is its expression, which the schema comparison sees.
      const pair = pairColumns(column, twin)
      if (pair.kind === 'incomparable') reservations.push(pair.why)
      else pairs.push(pair)
    }
  }
  for (const column of twins.values()) reservations.push(`column ${column.name} exists on the new side only`)
  const fuller: Side = fresh.rows > old.rows ? 'new' : 'old'
  const reads = (key: typeof pairs, others: typeof pairs, index: TableKey['index'] | null): TableReads => ({
    schema: old.schema,
    table: old.name,
    columns: [...key, ...others].map((pair) => pair.old.name),
    old: sidePlan(
      old,
      index?.old ?? null,
      key.map((pair) => pair.old),
      others.map((pair) => pair.old),
      hash
    ),
    new: sidePlan(
      fresh,
      index?.new ?? null,
      key.map((pair) => pair.new),
      others.map((pair) => pair.new),
      hash
    ),
    fuller,
    reservations,
    notes
  })
  const choice = chooseKey(old, fresh)
  const key =
    choice.kind === 'key'
      ? choice.key.columns.flatMap((column) => pairs.filter((pair) => pair.old.name === column.name))
      : []
  if (choice.kind === 'key' && key.length === choice.key.columns.length) {
    const others = pairs.filter((pair) => !key.includes(pair))
    const keyColumns = key.map((pair) => pair.old.name)
    const mostBytes = mostBytesOf([...old.columns, ...fresh.columns])
    const plan: TablePlan = {
      ...reads(key, others, choice.key.index),
      key: choice.key,
      keyColumns,
      mostBytes,
      sum: 'counted'
    }
    return { kind: 'plan', plan }
  }
  if (pairs.length === 0) return { kind: 'left-out', why: `no column can be read alike: ${reservations.join('; ')}` }
  const why = choice.kind === 'none' ? choice.why : 'a column of its key cannot be read alike on both sides'
  return { kind: 'multiset', plan: { ...reads([], pairs, null), why, rows: Math.max(old.rows, fresh.rows) } }
}

const isVirtual = (extra: string): boolean => /\bvirtual\b/i.test(extra)
