import { type ComparedRange, rangesPerStatement } from './aggregate'
import type { CompareSession } from './compare-session'
import type { Sessions } from './follow'
import { type KeyRange, rangeCondition } from './key-range'
import { type SumKind, sameTexts, sumColumn } from './row-hash'
import type { Side, TablePlan } from './table-plan'

/** A range, or only the rows of it whose keys fall into these groups. */
export interface RangePart {
  range: KeyRange
  groups: readonly number[] | null
}

/** Keys fall into so many groups, by a number of the key: so few rows of a range must be listed to find one. */
export const groupCount = 512
/** So few ranges at once that the program is not stopped by reading what is told of them. */
const rangesPerLook = 25

const groupOf = (plan: TablePlan, side: Side): string => `${plan[side].keyHash}%${groupCount}`

/** The rows of a part as a condition. */
export const partCondition = (plan: TablePlan, side: Side, { range, groups }: RangePart): string => {
  const within = rangeCondition(plan.key, range)
  return groups === null ? within : `${within} AND ${groupOf(plan, side)} IN (${groups.join(',')})`
}

interface Groups {
  rows: number
  /** `group:rows:sum` of each, as the server told them. */
  texts: readonly string[]
}

/** The sums of the groups of each range, one text per range. */
const readGroups = async (
  session: CompareSession,
  plan: TablePlan,
  side: Side,
  ranges: readonly KeyRange[]
): Promise<Groups[]> => {
  const selects = ranges.map(
    (range, index) =>
      `SELECT ${index} AS i,SUM(n),GROUP_CONCAT(g,':',n,':',IFNULL(s,'') SEPARATOR ',') FROM (SELECT ${groupOf(plan, side)} AS g,COUNT(*) AS n,${sumColumn(plan[side].hash, plan.sum)} AS s FROM ${plan[side].from} WHERE ${rangeCondition(plan.key, range)} GROUP BY g) AS grouped`
  )
  const all: Groups[] = ranges.map(() => ({ rows: 0, texts: [] }))
  for (const [index, rows, texts] of await session.cells(selects.join(' UNION ALL ')))
    all[Number(index)] = { rows: Number(rows ?? 0), texts: texts ? texts.split(',') : [] }
  return all
}

const groupIn = (text: string): number => Number(text.slice(0, text.indexOf(':')))

/** The groups that are not told alike by both sides, or hold rows that could not be hashed. Pure. */
export const differingGroups = (old: readonly string[], fresh: readonly string[], kind: SumKind): number[] => {
  const [a, b] = [new Set(old), new Set(fresh)]
  const groups = new Set<number>()
  for (const text of old) if (!b.has(text) || (kind === 'counted' && !allHashed(text))) groups.add(groupIn(text))
  for (const text of fresh) if (!a.has(text)) groups.add(groupIn(text))
  return [...groups]
}

const allHashed = (text: string): boolean => {
  const [, rows = '', sum = ''] = text.split(':')
  return sameTexts(rows, sum, sum)
}

/** Ranges compared group by group: dearer than one sum for each, but what differs need not be summed once more. */
export const compareGroups = async (
  sessions: Sessions,
  plan: TablePlan,
  ranges: readonly KeyRange[]
): Promise<ComparedRange[]> => {
  const compared: ComparedRange[] = []
  const most = Math.min(rangesPerLook, rangesPerStatement(plan))
  for (let from = 0; from < ranges.length; from += most) {
    const some = ranges.slice(from, from + most)
    const [old, fresh] = await Promise.all([
      readGroups(sessions.old, plan, 'old', some),
      readGroups(sessions.new, plan, 'new', some)
    ])
    some.forEach((range, index) => {
      const [a, b] = [old[index], fresh[index]]
      if (!a || !b) return
      const groups = differingGroups(a.texts, b.texts, plan.sum)
      compared.push({ range, rows: { old: a.rows, new: b.rows }, same: groups.length === 0, groups })
    })
  }
  return compared
}
