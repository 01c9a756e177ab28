import { type CompareSession, stepCounter } from './compare-session'
import type { Sessions } from './follow'
import { type KeyRange, keyOf, keyOrder, keyReads, rangeCondition } from './key-range'
import { isIntegerKey, type KeyValue } from './table-key'
import type { Side, TablePlan } from './table-plan'

/** Cuts a table into ranges that together cover every possible key: the first and the last are open-ended. */
export interface Edges {
  /** Up to `count` more ranges in the order of the keys, cut with these sessions; empty when all were given. One call at a time. */
  next(count: number, sessions: Sessions): Promise<KeyRange[]>
  /** Rows found in ranges given before (the larger side), so that widths follow the density. */
  learn(ranges: readonly KeyRange[], rows: readonly number[]): void
}

/** A range has its price (parsing, finding its ends), which few rows would not pay for. */
const mostRows = 4000
const fewestRows = 100
/** Large rows make long statements: then a range holds fewer of them. */
const bytesPerRange = 8_000_000

/** How many rows a range should have, by the average bytes of a row. Pure. */
export const rangeRows = (rowBytes: number): number =>
  Math.max(fewestRows, Math.min(mostRows, Math.floor(bytesPerRange / Math.max(1, rowBytes))))

/** Ranges for a table, by arithmetic for one integer column, otherwise by steps along the index. `from`: all up to here is done. */
export const edgesOf = async (
  sessions: Sessions,
  plan: TablePlan,
  from: KeyValue | null,
  rows: number
): Promise<Edges> =>
  isIntegerKey(plan.key) ? await integerEdges(sessions, plan, from, rows) : walkingEdges(plan, from, rows)

const firstKeyAfter = async (
  session: CompareSession,
  plan: TablePlan,
  side: Side,
  after: bigint | null
): Promise<{ least: bigint; most: bigint } | null> => {
  const sql = plan.key.columns[0]?.sql ?? ''
  const condition = after === null ? '1' : `${sql} > ${after}`
  const [row] = await session.cells(`SELECT MIN(${sql}),MAX(${sql}) FROM ${plan[side].from} WHERE ${condition}`)
  const [least, most] = [row?.[0], row?.[1]]
  return least == null || most == null ? null : { least: BigInt(least), most: BigInt(most) }
}

const spanAfter = async (
  sessions: Sessions,
  plan: TablePlan,
  after: bigint | null
): Promise<{ least: bigint; most: bigint } | null> => {
  const spans = await Promise.all([
    firstKeyAfter(sessions.old, plan, 'old', after),
    firstKeyAfter(sessions.new, plan, 'new', after)
  ])
  const [a, b] = spans
  if (!a || !b) return a ?? b
  return { least: a.least < b.least ? a.least : b.least, most: a.most > b.most ? a.most : b.most }
}

/** The width for the next ranges: follows the density seen, and grows carefully through gaps. */
export const nextWidth = (width: bigint, rows: readonly number[], each: number): bigint => {
  const total = rows.reduce((sum, count) => sum + count, 0)
  const span = width * BigInt(rows.length)
  if (total === 0) return width * 8n
  const wanted = (span * BigInt(each)) / BigInt(total)
  const most = width * 8n
  const bounded = wanted > most ? most : wanted
  return bounded < 1n ? 1n : bounded
}

const integerEdges = async (first: Sessions, plan: TablePlan, from: KeyValue | null, each: number): Promise<Edges> => {
  let at: bigint | null = from?.[0] === undefined ? null : BigInt(from[0])
  const span = await spanAfter(first, plan, at)
  let width = BigInt(each)
  let ended = false
  let gap = false
  let base = span ? span.least - 1n : 0n
  const widths = new WeakMap<KeyRange, bigint>()
  const literal = (value: bigint | null): KeyValue | null => (value === null ? null : [String(value)])
  return {
    next: async (count, sessions) => {
      if (ended) return []
      if (gap && at !== null) {
        const rest = await spanAfter(sessions, plan, at)
        if (!rest) {
          ended = true
          return [{ after: literal(at), upTo: null }]
        }
        base = rest.least - 1n > at ? rest.least - 1n : at
        gap = false
      }
      const ranges: KeyRange[] = []
      while (ranges.length < count) {
        const upTo = base + width
        if (!span || upTo >= span.most) {
          ranges.push({ after: literal(at), upTo: null })
          ended = true
          break
        }
        const range = { after: literal(at), upTo: literal(upTo) }
        widths.set(range, width)
        ranges.push(range)
        at = upTo
        base = upTo
      }
      return ranges
    },
    learn: (ranges, rows) => {
      if (rows.at(-1) === 0) gap = true
      const known = ranges.flatMap((range, index) => {
        const wide = widths.get(range)
        return wide === undefined ? [] : [{ wide, rows: rows[index] ?? 0 }]
      })
      if (known.length === 0) return
      const mean = known.reduce((sum, one) => sum + one.wide, 0n) / BigInt(known.length)
      width = nextWidth(
        mean < 1n ? 1n : mean,
        known.map((one) => one.rows),
        each
      )
    }
  }
}

/**
 * Each key `every` rows further along the index, up to `count`. The counter only spaces the edges: where they lie does
 * not matter for what is found, because ranges between any ascending keys cover the table.
 */
const walk = async (
  session: CompareSession,
  plan: TablePlan,
  side: Side,
  within: KeyRange,
  every: number,
  count: number
): Promise<KeyValue[]> => {
  const { key } = plan
  const cells = await session.cells(
    `SELECT ${keyReads(key)} FROM ${plan[side].from} WHERE ${rangeCondition(key, within)} AND (${stepCounter} := ${stepCounter}+1) % ${every} = 0 ORDER BY ${keyOrder(key)} LIMIT ${count}`
  )
  return cells.map((row) => keyOf(key, row))
}

const fewEdges = 8
const mostEdges = 200
const walkMs = 400

const walkingEdges = (plan: TablePlan, from: KeyValue | null, each: number): Edges => {
  let at: KeyValue | null = from
  let walked: KeyValue | null = from
  let known: KeyValue[] = []
  let complete = false
  let ended = false
  let size = fewEdges
  return {
    next: async (count, sessions) => {
      if (ended) return []
      if (known.length === 0 && !complete) {
        const began = performance.now()
        known = await walk(sessions[plan.fuller], plan, plan.fuller, { after: walked, upTo: null }, each, size)
        complete = known.length < size
        walked = known.at(-1) ?? walked
        size = performance.now() - began < walkMs ? Math.min(mostEdges, size * 2) : Math.max(1, Math.floor(size / 2))
      }
      const ranges: KeyRange[] = []
      for (const upTo of known.splice(0, count)) {
        ranges.push({ after: at, upTo })
        at = upTo
      }
      if (complete && known.length === 0 && ranges.length < count) {
        ranges.push({ after: at, upTo: null })
        ended = true
      }
      return ranges
    },
    learn: () => {}
  }
}

/** Cuts one range into ranges of about `rows` rows of one side. */
export const splitRange = async (
  session: CompareSession,
  plan: TablePlan,
  side: Side,
  range: KeyRange,
  rows: number
): Promise<KeyRange[]> => {
  const parts: KeyRange[] = []
  let after = range.after
  for (;;) {
    const keys = await walk(session, plan, side, { after, upTo: range.upTo }, rows, mostEdges)
    for (const upTo of keys) {
      parts.push({ after, upTo })
      after = upTo
    }
    if (keys.length < mostEdges) break
  }
  parts.push({ after, upTo: range.upTo })
  return parts
}
