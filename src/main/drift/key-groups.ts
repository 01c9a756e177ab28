import type { CompareSession } from './compare-session'
import type { Sessions } from './follow'
import { type KeyRange, rangeCondition } from './key-range'
import { sameTexts, sumColumn } from './row-hash'
import type { Side, TablePlan } from './table-plan'

/** A range, or only the rows of it whose keys fall into these groups. */
export interface RangePart {
  range: KeyRange
  groups: readonly number[] | null
}

/** Keys fall into so many groups, by a number of the key: so few rows of a range must be listed to find one. */
const groupCount = 32
const rangesPerQuery = 50

const groupOf = (plan: TablePlan, side: Side): string => `${plan[side].keyHash}%${groupCount}`

/** The rows of a part as a condition. */
export const partCondition = (plan: TablePlan, side: Side, { range, groups }: RangePart): string => {
  const within = rangeCondition(plan.key, range)
  return groups === null ? within : `${within} AND ${groupOf(plan, side)} IN (${groups.join(',')})`
}

type Group = { count: string; sum: string }

/** The sums of the groups of each range, one short text per range. */
const readGroups = async (
  session: CompareSession,
  plan: TablePlan,
  side: Side,
  ranges: readonly KeyRange[]
): Promise<Map<number, Group>[]> => {
  const selects = ranges.map(
    (range, index) =>
      `SELECT ${index} AS i,GROUP_CONCAT(g,':',n,':',IFNULL(s,'') SEPARATOR ',') FROM (SELECT ${groupOf(plan, side)} AS g,COUNT(*) AS n,${sumColumn(plan[side].hash, plan.sum)} AS s FROM ${plan[side].from} WHERE ${rangeCondition(plan.key, range)} GROUP BY g) AS grouped`
  )
  const all: Map<number, Group>[] = ranges.map(() => new Map())
  for (const [index, text] of await session.cells(selects.join(' UNION ALL ')))
    for (const one of text ? text.split(',') : []) {
      const [group, count = '', sum = ''] = one.split(':')
      all[Number(index)]?.set(Number(group), { count, sum })
    }
  return all
}

/** The parts of ranges in which the two sides differ. */
export const differingParts = async (
  sessions: Sessions,
  plan: TablePlan,
  ranges: readonly KeyRange[]
): Promise<RangePart[]> => {
  const parts: RangePart[] = []
  for (let from = 0; from < ranges.length; from += rangesPerQuery) {
    const some = ranges.slice(from, from + rangesPerQuery)
    const [old, fresh] = await Promise.all([
      readGroups(sessions.old, plan, 'old', some),
      readGroups(sessions.new, plan, 'new', some)
    ])
    some.forEach((range, index) => {
      const [a, b] = [old[index] ?? new Map<number, Group>(), fresh[index] ?? new Map<number, Group>()]
      const groups = [...new Set([...a.keys(), ...b.keys()])].filter((group) => {
        const [one, other] = [a.get(group), b.get(group)]
        return !one || !other || one.count !== other.count || !sameTexts(one.count, one.sum, other.sum, plan.sum)
      })
      parts.push({ range, groups })
    })
  }
  return parts
}
