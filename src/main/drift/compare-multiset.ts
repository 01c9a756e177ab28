import type { RowDifference } from '../../shared/drift'
import type { Breath } from './breath'
import { type CompareSession, stopWhenCancelled } from './compare-session'
import type { TableOutcome } from './compare-table'
import { type Following, makeWaiter, positionOf, type Sessions } from './follow'
import { recheck } from './recheck'
import { aggregateColumns, type RangeSum, rangeSum, sameSums } from './row-hash'
import { type MultisetPlan, otherSide, type Side } from './table-plan'
import { doubt, emptyTally, keepRow, keptRows, type Tally, verdictOf } from './tally'

export interface MultisetWork {
  plan: MultisetPlan
  sessions: Sessions
  following: Following
  breath: Breath
  signal: AbortSignal
  position: string | null
  onRows(done: number): void
}

const rowsPerGroup = 1000
const mostGroups = 4096
const listedRows = 200_000
const hashesPerLook = 2000

/** A hash of a row, or of its columns when the row is too large to hash. */
type RowId = string

/** Which of so many groups a row belongs to; rows too large to hash are a group of their own. */
const groupOf = (plan: MultisetPlan, side: Side, groups: number): string =>
  `IFNULL(CAST(${plan[side].hash} % ${groups} AS SIGNED),-1)`

/** Names a row by its contents: `h…` by its hash, `c…` by the hashes of its columns. */
const idOf = (plan: MultisetPlan, side: Side): string =>
  `IFNULL(CONCAT('h',${plan[side].hash}),CONCAT('c',${plan[side].columnHashes}))`

const sumGroups = async (
  session: CompareSession,
  plan: MultisetPlan,
  side: Side,
  groups: number
): Promise<Map<number, RangeSum>> => {
  const cells = await session.scan(
    `SELECT ${groupOf(plan, side, groups)} AS g,${aggregateColumns(plan[side].hash, 'counted')} FROM ${plan[side].from} GROUP BY g`
  )
  return new Map(cells.map((row) => [Number(row[0]), rangeSum(row[1] ?? null, row[2] ?? null)]))
}

const countIds = async (
  session: CompareSession,
  plan: MultisetPlan,
  side: Side,
  condition: string
): Promise<Map<RowId, number>> => {
  const cells = await session.scan(
    `SELECT ${idOf(plan, side)} AS id,COUNT(*) FROM ${plan[side].from} WHERE ${condition} GROUP BY id`
  )
  return new Map(cells.map((row) => [knownId(row[0]), Number(row[1])]))
}

/** What comes back goes into statements again: only numbers, commas and N. */
const knownId = (text: string | null | undefined): RowId => {
  if (!text || !/^(h\d+|c[\dN,]*)$/.test(text)) throw new Error('a row has an unexpected name')
  return text
}

/** Compares a table whose rows have no key: how often does each row occur on each side? */
export const compareMultiset = async (work: MultisetWork): Promise<TableOutcome> => {
  const { plan, sessions, following } = work
  const { active } = following
  const tally = emptyTally()
  const groups = Math.max(1, Math.min(mostGroups, Math.ceil(plan.rows / rowsPerGroup)))
  const rest = await work.breath.turn(work.signal)
  const began = performance.now()
  const [old, fresh] = await Promise.all([
    sumGroups(sessions.old, plan, 'old', groups),
    sumGroups(sessions.new, plan, 'new', groups)
  ]).finally(() => rest(performance.now() - began))
  const sums = active === 'old' ? old : fresh
  const rows = [...sums.values()].reduce((total, sum) => total + sum.rows, 0)
  work.onRows(rows)
  const none: RangeSum = { rows: 0, hashed: 0, sum: '0' }
  const suspicious = [...new Set([...old.keys(), ...fresh.keys()])].filter(
    (group) => !sameSums(old.get(group) ?? none, fresh.get(group) ?? none)
  )
  const size = (group: number): number => Math.max(old.get(group)?.rows ?? 0, fresh.get(group)?.rows ?? 0)
  for (const some of inLooks(suspicious, size)) {
    stopWhenCancelled(work.signal)
    const where = (side: Side): string => `${groupOf(plan, side, groups)} IN (${some.join(',')})`
    const next = await work.breath.turn(work.signal)
    const start = performance.now()
    const [a, b] = await Promise.all([
      countIds(sessions.old, plan, 'old', where('old')),
      countIds(sessions.new, plan, 'new', where('new'))
    ]).finally(() => next(performance.now() - start))
    const candidates = [...new Set([...a.keys(), ...b.keys()])].filter((id) => (a.get(id) ?? 0) !== (b.get(id) ?? 0))
    if (candidates.length === 0) tally.rechecked += some.length
    await judgeIds(work, candidates, tally)
  }
  const position = work.position ?? (await positionOf(sessions[active]))
  return {
    verdict: verdictOf(tally, plan, position, Date.now()),
    rows: tally.kept,
    places: tally.places,
    comparedRows: rows
  }
}

/** Groups in portions whose rows fit into memory. */
function* inLooks(groups: number[], size: (group: number) => number): Generator<number[]> {
  let some: number[] = []
  let rows = 0
  for (const group of groups) {
    if (some.length > 0 && rows + size(group) > listedRows) {
      yield some
      some = []
      rows = 0
    }
    some.push(group)
    rows += size(group)
  }
  if (some.length > 0) yield some
}

const amongIds = (plan: MultisetPlan, side: Side, ids: readonly RowId[]): string => {
  const hashes = ids.filter((id) => id.startsWith('h')).map((id) => id.slice(1))
  const columns = ids.filter((id) => id.startsWith('c')).map((id) => `'${id.slice(1)}'`)
  const parts = [
    ...(hashes.length > 0 ? [`${plan[side].hash} IN (${hashes.join(',')})`] : []),
    ...(columns.length > 0
      ? [`(${plan[side].hash} IS NULL AND ${plan[side].columnHashes} IN (${columns.join(',')}))`]
      : [])
  ]
  return parts.join(' OR ') || '0'
}

const judgeIds = async (work: MultisetWork, ids: RowId[], tally: Tally): Promise<void> => {
  const { plan, sessions, following } = work
  const waiter = makeWaiter(sessions, following)
  for (let from = 0; from < ids.length; from += hashesPerLook) {
    const batch = ids.slice(from, from + hashesPerLook)
    const results = await recheck<RowId, number>(batch, {
      active: following.active,
      wait: waiter.wait,
      signal: work.signal,
      id: (id) => id,
      same: (a, b) => a === b,
      tries: 6,
      needed: 2,
      read: async (side, wanted) => {
        const counts = await countIds(sessions[side], plan, side, amongIds(plan, side, wanted))
        return new Map(wanted.map((id) => [id, counts.get(id) ?? 0]))
      }
    })
    const surplus: Record<Side, Map<RowId, number>> = { old: new Map(), new: new Map() }
    for (const [id, result] of results) {
      if (result.kind === 'same') tally.rechecked += 1
      else if (result.kind === 'inconclusive') doubt(tally, `rows without a key: ${result.why}`)
      else {
        const more = result.active > result.passive ? following.active : otherSide(following.active)
        surplus[more].set(id, Math.abs(result.active - result.passive))
      }
    }
    for (const side of ['old', 'new'] as const) {
      for (const copies of surplus[side].values()) tally.kinds[side === 'old' ? 'missing' : 'extra'] += copies
      if (surplus[side].size > 0 && tally.kept.length < keptRows)
        for (const row of await readSurplus(work, side, surplus[side])) keepRow(tally, row)
    }
  }
}

/** One row for each content that one side holds more often. */
const readSurplus = async (work: MultisetWork, side: Side, surplus: Map<RowId, number>): Promise<RowDifference[]> => {
  const { plan, sessions } = work
  const some = [...surplus.keys()].slice(0, keptRows)
  const cells = await sessions[side].scan(
    `SELECT ${idOf(plan, side)},${plan[side].shows.join(',')} FROM ${plan[side].from} WHERE ${amongIds(plan, side, some)} LIMIT ${keptRows * 4}`
  )
  const shown = new Map<RowId, RowDifference>()
  for (const [id, ...values] of cells) {
    const copies = id ? surplus.get(id) : undefined
    if (!id || copies === undefined || shown.has(id)) continue
    const row = Object.fromEntries(plan.columns.map((column, index) => [column, values[index] ?? null]))
    shown.set(id, {
      kind: side === 'old' ? 'missing' : 'extra',
      key: {},
      old: side === 'old' ? row : null,
      new: side === 'new' ? row : null,
      columns: [],
      copies
    })
  }
  return [...shown.values()]
}
