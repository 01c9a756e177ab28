import type { CompareSession } from './compare-session'
import type { Sessions } from './follow'
import { type KeyRange, rangeCondition } from './key-range'
import { aggregateColumns, type RangeSum, rangeSum, sameSums } from './row-hash'
import type { Side, TablePlan } from './table-plan'

/** One range with what both sides say of it. */
export interface ComparedRange {
  range: KeyRange
  rows: Record<Side, number>
  same: boolean
  /** Groups of keys that differ; null when it was not compared by groups. */
  groups: readonly number[] | null
}

/** The larger number of rows. */
export const rowsOf = ({ rows }: ComparedRange): number => Math.max(rows.old, rows.new)

/** Statement texts stay far below the smallest max_allowed_packet. */
const textLimit = 200_000

const rangeSelect = (plan: TablePlan, side: Side, range: KeyRange, index: number): string =>
  `SELECT ${index} AS i,${aggregateColumns(plan[side].hash, plan.sum)} FROM ${plan[side].from} WHERE ${rangeCondition(plan.key, range)}`

/** How many ranges fit into one statement. */
export const rangesPerStatement = (plan: TablePlan): number =>
  Math.max(1, Math.floor(textLimit / (plan.old.hash.length + 600)))

/** The sums of several ranges on one side, several ranges per statement. */
export const sumRanges = async (
  session: CompareSession,
  plan: TablePlan,
  side: Side,
  ranges: readonly KeyRange[]
): Promise<RangeSum[]> => {
  const sums: RangeSum[] = []
  const most = rangesPerStatement(plan)
  for (let from = 0; from < ranges.length; from += most) {
    const selects = ranges.slice(from, from + most).map((range, index) => rangeSelect(plan, side, range, index))
    const cells = await session.cells(selects.join(' UNION ALL '))
    const answers = new Map(cells.map((row) => [Number(row[0]), rangeSum(row[1] ?? null, row[2] ?? null, plan.sum)]))
    for (let index = 0; index < selects.length; index += 1) {
      const sum = answers.get(index)
      if (!sum) throw new Error(`${session.server} did not answer for range ${index}`)
      sums.push(sum)
    }
  }
  return sums
}

/** The same ranges on both sides at the same moment. */
export const compareRanges = async (
  sessions: Sessions,
  plan: TablePlan,
  ranges: readonly KeyRange[]
): Promise<ComparedRange[]> => {
  const [old, fresh] = await Promise.all([
    sumRanges(sessions.old, plan, 'old', ranges),
    sumRanges(sessions.new, plan, 'new', ranges)
  ])
  return ranges.flatMap((range, index) => {
    const [a, b] = [old[index], fresh[index]]
    return a && b ? [{ range, rows: { old: a.rows, new: b.rows }, same: sameSums(a, b), groups: null }] : []
  })
}
