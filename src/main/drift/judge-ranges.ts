import { type ComparedRange, compareRanges, rangesPerStatement, rowsOf, sumRanges } from './aggregate'
import { stopWhenCancelled } from './compare-session'
import { rangeRows, splitRange } from './edges'
import type { Following, Sessions, Waiter } from './follow'
import { judgeRows } from './judge-rows'
import { compareGroups, groupCount, type RangePart } from './key-groups'
import type { KeyRange } from './key-range'
import { type Recheck, recheck } from './recheck'
import { type RangeSum, sameSums } from './row-hash'
import { candidateKeys, listHashes, readRangeRows, rowDifference } from './rows'
import type { KeyValue } from './table-key'
import { otherSide, type Side, type TablePlan } from './table-plan'
import { doubt, keepRow, keptRows, type Tally } from './tally'

/** What the judging of ranges works with: one lane of a table's comparison. */
export interface JudgeWork {
  plan: TablePlan
  sessions: Sessions
  following: Following
  waiter: Waiter
  signal: AbortSignal
  /** Average bytes of a row, for the size of batches. */
  rowBytes: number
}

/** A range may hold so many times the rows it should before it is cut. */
const manyTimes = 3
const rowsPerList = 4000
const partsPerList = 100
/** Fewer rows are listed at once, without grouping them first. */
const ungroupedRows = 150
const wholesaleRows = 500

/** Ranges that looked different: narrowed down to rows, which are confirmed one by one before they are told. */
export const judgeRanges = async (
  work: JudgeWork,
  suspicious: readonly ComparedRange[],
  tally: Tally
): Promise<void> => {
  stopWhenCancelled(work.signal)
  const hopeless = work.waiter.hopeless()
  if (hopeless !== null) {
    for (const _ of suspicious) doubt(tally, `a range of rows differs, but ${hopeless}`)
    return
  }
  const left = await withoutWholesale(work, suspicious, tally)
  const most = manyTimes * rangeRows(work.rowBytes)
  for (const range of left.filter((one) => rowsOf(one) > most)) await judgeLarge(work, range, tally)
  const small = left.filter((one) => rowsOf(one) <= most)
  const whole = small.filter((one) => rowsOf(one) <= ungroupedRows)
  const grouped = small.filter((one) => rowsOf(one) > ungroupedRows)
  const keys: KeyValue[] = []
  const puzzling: KeyRange[] = []
  const parts: ListedPart[] = whole.map((one) => ({ range: one.range, groups: null, rows: rowsOf(one) }))
  const known = grouped.filter((one) => one.groups)
  const unknown = grouped.filter((one) => !one.groups).map((one) => one.range)
  for (const one of [...known, ...(await compareGroups(work.sessions, work.plan, unknown))]) {
    const groups = one.groups ?? []
    if (groups.length === 0) puzzling.push(one.range)
    else parts.push({ range: one.range, groups, rows: Math.ceil((rowsOf(one) * groups.length * 2) / groupCount) })
  }
  for (const some of inLists(parts)) {
    stopWhenCancelled(work.signal)
    const [old, fresh] = await Promise.all([
      listHashes(work.sessions.old, work.plan, 'old', some),
      listHashes(work.sessions.new, work.plan, 'new', some)
    ])
    some.forEach(({ range }, index) => {
      const found = candidateKeys(old[index] ?? new Map(), fresh[index] ?? new Map())
      if (found.length === 0) puzzling.push(range)
      keys.push(...found)
    })
  }
  await judgeRows(work, keys, tally)
  await judgePuzzling(work, puzzling, tally)
}

/** A part with the number of rows it may hold. */
interface ListedPart extends RangePart {
  rows: number
}

/** Parts in portions that are listed with one statement per side. */
function* inLists(parts: readonly ListedPart[]): Generator<ListedPart[]> {
  let some: ListedPart[] = []
  let rows = 0
  for (const part of parts) {
    if (some.length === partsPerList || (some.length > 0 && rows + part.rows > rowsPerList)) {
      yield some
      some = []
      rows = 0
    }
    some.push(part)
    rows += part.rows
  }
  if (some.length > 0) yield some
}

/**
 * Key and hash of every row were equal on both sides: they healed, or orders came in between the two sums. Only a sum
 * that differs while the active side stands still would contradict the rows.
 */
const judgePuzzling = async (work: JudgeWork, ranges: KeyRange[], tally: Tally): Promise<void> => {
  if (ranges.length === 0) return
  for (const result of (await recheckRanges(work, ranges, 3, 2)).values())
    if (result.kind === 'differs') doubt(tally, 'a range of rows differs by its sum, but no differing row was found')
    else tally.rechecked += 1
}

const recheckRanges = (
  work: JudgeWork,
  ranges: KeyRange[],
  tries: number,
  needed: number
): Promise<Map<string, Recheck<RangeSum>>> =>
  recheck(ranges, {
    active: work.following.active,
    wait: work.waiter.wait,
    signal: work.signal,
    id: rangeId,
    same: sameSums,
    tries,
    needed,
    read: async (side, wanted) => {
      const sums = await sumRanges(work.sessions[side], work.plan, side, wanted)
      return new Map(wanted.flatMap((range, index) => (sums[index] ? [[rangeId(range), sums[index]] as const] : [])))
    }
  })

const rangeId = (range: KeyRange): string => JSON.stringify([range.after, range.upTo])

/** A range of many rows: cut into small ones first. */
const judgeLarge = async (work: JudgeWork, large: ComparedRange, tally: Tally): Promise<void> => {
  const { plan, sessions } = work
  const side: Side = large.rows.old >= large.rows.new ? 'old' : 'new'
  const parts = await splitRange(sessions[side], plan, side, large.range, rangeRows(work.rowBytes))
  const most = rangesPerStatement(plan)
  for (let from = 0; from < parts.length; from += most) {
    stopWhenCancelled(work.signal)
    const compared = await compareRanges(sessions, plan, parts.slice(from, from + most))
    const suspicious = compared.filter((part) => !part.same)
    // What cannot be cut any further would be cut for ever.
    const [only] = suspicious
    if (parts.length === 1 && only && rowsOf(only) > manyTimes * rangeRows(work.rowBytes))
      doubt(tally, 'a range of rows grew faster than it could be looked at')
    else await judgeRanges(work, suspicious, tally)
  }
}

/** Whole ranges that one side does not have: counted at once, confirmed twice, their first rows kept. The rest is returned. */
const withoutWholesale = async (
  work: JudgeWork,
  suspicious: readonly ComparedRange[],
  tally: Tally
): Promise<ComparedRange[]> => {
  const { active } = work.following
  const oneSided = suspicious.filter(
    (one) => Math.min(one.rows.old, one.rows.new) === 0 && rowsOf(one) >= wholesaleRows
  )
  if (oneSided.length === 0) return [...suspicious]
  const results = await recheckRanges(
    work,
    oneSided.map((one) => one.range),
    3,
    2
  )
  const counted = new Set<KeyRange>()
  for (const { range } of oneSided) {
    const result = results.get(rangeId(range))
    if (result?.kind === 'same') {
      tally.rechecked += 1
      counted.add(range)
    }
    if (result?.kind !== 'differs') continue
    const counts = { [active]: result.active.rows, [otherSide(active)]: result.passive.rows } as Record<Side, number>
    const full: Side | null = counts.new === 0 ? 'old' : counts.old === 0 ? 'new' : null
    if (!full) continue
    counted.add(range)
    tally.kinds[full === 'old' ? 'missing' : 'extra'] += counts[full]
    const room = keptRows - tally.kept.length
    if (room === 0) continue
    for (const row of await readRangeRows(work.sessions[full], work.plan, full, range, room)) {
      const difference = rowDifference(work.plan, full === 'old' ? row : null, full === 'new' ? row : null)
      if (difference) keepRow(tally, difference, row.id)
    }
  }
  return suspicious.filter((one) => !counted.has(one.range))
}
