import type { CompareSession } from './compare-session'
import type { Sessions } from './follow'
import { type KeyRange, keyOf, keyOrder, keyReads, rangeCondition } from './key-range'
import { isIntegerKey, type KeyValue } from './table-key'
import type { Side, TablePlan } from './table-plan'

/** Cuts a table into ranges that together cover every possible key: the first and the last are open-ended. */
export interface Edges {
  /** Up to `count` more ranges; empty when all were given. */
  next(count: number): Promise<KeyRange[]>
  /** Rows found in the ranges given last (the larger side), so that widths follow the density. */
  learn(rows: number[]): void
}

export const rowsPerRange = 1000

/** Ranges for a table, by arithmetic for one integer column, otherwise by steps along the index. */
export const edgesOf = async (sessions: Sessions, plan: TablePlan, active: Side): Promise<Edges> =>
  isIntegerKey(plan.key) ? await integerEdges(sessions, plan) : divingEdges(sessions[active], plan, active)

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
export const nextWidth = (width: bigint, rows: number[]): bigint => {
  const total = rows.reduce((sum, count) => sum + count, 0)
  const span = width * BigInt(rows.length)
  if (total === 0) return width * 8n
  const wanted = (span * BigInt(rowsPerRange)) / BigInt(total)
  const most = width * 8n
  const bounded = wanted > most ? most : wanted
  return bounded < 1n ? 1n : bounded
}

const integerEdges = async (sessions: Sessions, plan: TablePlan): Promise<Edges> => {
  const span = await spanAfter(sessions, plan, null)
  let at: bigint | null = null
  let width = BigInt(rowsPerRange)
  let ended = false
  let gap = false
  let base = span ? span.least - 1n : 0n
  const literal = (value: bigint | null): KeyValue | null => (value === null ? null : [String(value)])
  return {
    next: async (count) => {
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
        ranges.push({ after: literal(at), upTo: literal(upTo) })
        at = upTo
        base = upTo
      }
      return ranges
    },
    learn: (rows) => {
      gap = rows.at(-1) === 0
      width = nextWidth(width, rows)
    }
  }
}

/** The key `skip` rows further on in index order, or null behind the end. */
export const dive = async (
  session: CompareSession,
  plan: TablePlan,
  side: Side,
  within: KeyRange,
  skip: number
): Promise<KeyValue | null> => {
  const { key } = plan
  const [row] = await session.cells(
    `SELECT ${keyReads(key)} FROM ${plan[side].from} WHERE ${rangeCondition(key, within)} ORDER BY ${keyOrder(key)} LIMIT 1 OFFSET ${skip}`
  )
  return row ? keyOf(key, row) : null
}

const divingEdges = (session: CompareSession, plan: TablePlan, side: Side): Edges => {
  let at: KeyValue | null = null
  let ended = false
  return {
    next: async (count) => {
      const ranges: KeyRange[] = []
      while (!ended && ranges.length < count) {
        const upTo: KeyValue | null = await dive(session, plan, side, { after: at, upTo: null }, rowsPerRange - 1)
        ranges.push({ after: at, upTo })
        at = upTo
        ended = upTo === null
      }
      return ranges
    },
    learn: () => {}
  }
}

/** Cuts one range into ranges of about `rowsPerRange` rows of one side. */
export const splitRange = async (
  session: CompareSession,
  plan: TablePlan,
  side: Side,
  range: KeyRange
): Promise<KeyRange[]> => {
  const parts: KeyRange[] = []
  let after = range.after
  for (;;) {
    const upTo = await dive(session, plan, side, { after, upTo: range.upTo }, rowsPerRange - 1)
    parts.push({ after, upTo: upTo ?? range.upTo })
    if (upTo === null) return parts
    after = upTo
  }
}
