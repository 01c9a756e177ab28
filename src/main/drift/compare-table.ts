import { setTimeout as sleep } from 'node:timers/promises'
import type { RowDifference, RowKind, TableVerdict } from '../../shared/drift'
import { type ComparedRange, compareRanges, rangesPerStatement, sumRanges } from './aggregate'
import { stopWhenCancelled } from './compare-session'
import { edgesOf, splitRange } from './edges'
import { type Following, makeWaiter, positionOf, type Sessions, type Waiter } from './follow'
import { type KeyRange, keyId } from './key-range'
import { type Recheck, recheck } from './recheck'
import { type RangeSum, sameSums } from './row-hash'
import { candidateKeys, listHashes, type RowRead, readRangeRows, readRows, rowDifference, sameRow } from './rows'
import type { KeyValue } from './table-key'
import { otherSide, type Side, type TablePlan } from './table-plan'

export interface TableWork {
  plan: TablePlan
  sessions: Sessions
  following: Following
  signal: AbortSignal
  /** Average bytes of a row, for the size of batches. */
  rowBytes: number
  /** Rows compared so far. */
  onRows(done: number): void
}

export interface TableOutcome {
  verdict: TableVerdict
  rows: RowDifference[]
  comparedRows: number
}

/** Rows kept per table to be shown; all are counted. */
export const keptRows = 1000
const targetMs = 400
const mostRanges = 64
const listedRows = 3000
const wholesaleRows = 500

interface Tally {
  kinds: Record<RowKind, number>
  kept: RowDifference[]
  seen: Set<string>
  waiter: Waiter
  rechecked: number
  doubts: string[]
}

/** Compares one table range by range; differences are confirmed row by row before they are told. */
export const compareTable = async (work: TableWork): Promise<TableOutcome> => {
  const { plan, sessions, following } = work
  const edges = await edgesOf(sessions, plan, following.active)
  const tally: Tally = {
    kinds: { changed: 0, missing: 0, extra: 0 },
    kept: [],
    seen: new Set(),
    waiter: makeWaiter(sessions, following),
    rechecked: 0,
    doubts: []
  }
  const most = Math.min(mostRanges, rangesPerStatement(plan))
  let ranges = Math.min(4, most)
  let done = 0
  for (;;) {
    stopWhenCancelled(work.signal)
    const batch = await edges.next(ranges)
    if (batch.length === 0) break
    const began = performance.now()
    const compared = await compareRanges(sessions, plan, batch)
    const ms = performance.now() - began
    edges.learn(compared.map((range) => Math.max(range.old.rows, range.new.rows)))
    done += compared.reduce((sum, range) => sum + range[following.active].rows, 0)
    work.onRows(done)
    const suspicious = compared.filter((range) => !sameSums(range.old, range.new))
    if (suspicious.length > 0) await judgeRanges(work, suspicious, tally)
    ranges = Math.max(1, Math.min(most, Math.round(ranges * Math.min(2, Math.max(0.5, targetMs / Math.max(1, ms))))))
    // The servers serve customers first: leave them a breath between queries.
    await sleep(Math.min(150, 2 + ms / 8))
  }
  const position = await positionOf(sessions[following.active])
  return { verdict: verdictOf(plan, tally, position), rows: tally.kept, comparedRows: done }
}

const verdictOf = (plan: TablePlan, tally: Tally, position: string): TableVerdict => {
  const at = Date.now()
  const rows = tally.kinds.changed + tally.kinds.missing + tally.kinds.extra
  if (rows > 0) return { kind: 'differs', at, position, rows, kinds: tally.kinds }
  if (tally.doubts[0] !== undefined) {
    const others = tally.doubts.length > 1 ? `, and ${tally.doubts.length - 1} more` : ''
    return { kind: 'inconclusive', at, why: `${tally.doubts[0]}${others}` }
  }
  if (plan.reservations.length > 0)
    return { kind: 'inconclusive', at, why: `${plan.reservations.join('; ')}; all other columns are the same` }
  return { kind: 'same', at, position, rechecked: tally.rechecked }
}

/** Ranges that looked different: looked at again at one position, then narrowed down to rows. */
const judgeRanges = async (work: TableWork, suspicious: ComparedRange[], tally: Tally): Promise<void> => {
  const results = await recheckRanges(
    work,
    tally,
    suspicious.map((range) => range.range),
    1,
    1
  )
  for (const { range } of suspicious) {
    const result = results.get(rangeId(range))
    if (result?.kind === 'same') tally.rechecked += 1
    else await narrow(work, range, tally, result)
  }
}

const recheckRanges = (
  work: TableWork,
  tally: Tally,
  ranges: KeyRange[],
  tries: number,
  needed: number
): Promise<Map<string, Recheck<RangeSum>>> =>
  recheck(ranges, {
    active: work.following.active,
    wait: tally.waiter.wait,
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

const narrow = async (
  work: TableWork,
  range: KeyRange,
  tally: Tally,
  result: Recheck<RangeSum> | undefined
): Promise<void> => {
  stopWhenCancelled(work.signal)
  const { plan, sessions } = work
  const hopeless = tally.waiter.hopeless()
  if (hopeless !== null) {
    tally.doubts.push(`a range of rows differs, but ${hopeless}`)
    return
  }
  if (result?.kind === 'differs' && (await wholesale(work, range, tally, result))) return
  const [compared] = await compareRanges(sessions, plan, [range])
  if (!compared) throw new Error('no answer for a range')
  if (Math.max(compared.old.rows, compared.new.rows) <= listedRows) return await listAndJudge(work, range, tally)
  const side: Side = compared.old.rows >= compared.new.rows ? 'old' : 'new'
  const parts = await compareRanges(sessions, plan, await splitRange(sessions[side], plan, side, range))
  const suspicious = parts.filter((part) => !sameSums(part.old, part.new))
  // It shrank below one range while it was looked at.
  if (parts.length === 1) return await listAndJudge(work, range, tally)
  const again = await recheckRanges(
    work,
    tally,
    suspicious.map((part) => part.range),
    1,
    1
  )
  for (const part of suspicious) {
    const verdict = again.get(rangeId(part.range))
    if (verdict?.kind === 'same') tally.rechecked += 1
    else await narrow(work, part.range, tally, verdict)
  }
}

const listAndJudge = async (work: TableWork, range: KeyRange, tally: Tally): Promise<void> => {
  const { plan, sessions } = work
  const [old, fresh] = await Promise.all([
    listHashes(sessions.old, plan, 'old', range),
    listHashes(sessions.new, plan, 'new', range)
  ])
  const keys = candidateKeys(old, fresh)
  if (keys.length > 0) return await judgeRows(work, keys, tally)
  // Key and hash of every row were equal on both sides: it healed, or orders came in between the two sums. Only a sum
  // that differs while the active side stands still would contradict the rows.
  const result = (await recheckRanges(work, tally, [range], 3, 2)).get(rangeId(range))
  if (result?.kind === 'differs')
    tally.doubts.push('a range of rows differs by its sum, but no differing row was found')
  else tally.rechecked += 1
}

/** A whole range that one side does not have: counted at once, confirmed twice, its first rows kept. */
const wholesale = async (
  work: TableWork,
  range: KeyRange,
  tally: Tally,
  result: Extract<Recheck<RangeSum>, { kind: 'differs' }>
): Promise<boolean> => {
  const { active } = work.following
  const empty = result.passive.rows === 0 ? otherSide(active) : result.active.rows === 0 ? active : null
  if (!empty || Math.max(result.active.rows, result.passive.rows) < wholesaleRows) return false
  const verdict = (await recheckRanges(work, tally, [range], 3, 2)).get(rangeId(range))
  if (verdict?.kind !== 'differs') return false
  const counts = { [active]: verdict.active.rows, [otherSide(active)]: verdict.passive.rows } as Record<Side, number>
  if (counts[empty] !== 0) return false
  const full = otherSide(empty)
  tally.kinds[empty === 'new' ? 'missing' : 'extra'] += counts[full]
  const room = keptRows - tally.kept.length
  if (room > 0) {
    for (const row of await readRangeRows(work.sessions[full], work.plan, full, range, room)) {
      const difference = rowDifference(work.plan, full === 'old' ? row : null, full === 'new' ? row : null)
      if (difference) tally.kept.push(difference)
    }
  }
  return true
}

const judgeRows = async (work: TableWork, keys: KeyValue[], tally: Tally): Promise<void> => {
  const size = Math.max(20, Math.min(500, Math.floor(4_000_000 / Math.max(1, work.rowBytes))))
  for (let from = 0; from < keys.length; from += size) {
    stopWhenCancelled(work.signal)
    const batch = keys.slice(from, from + size)
    const results = await recheck<KeyValue, RowRead | null>(batch, {
      active: work.following.active,
      wait: tally.waiter.wait,
      signal: work.signal,
      id: keyId,
      same: (a, b) => sameRow(work.plan, a, b),
      tries: 6,
      needed: 2,
      read: (side, wanted) => readRows(work.sessions[side], work.plan, side, wanted)
    })
    for (const [id, result] of results) tell(work, id, result, tally)
  }
}

const tell = (work: TableWork, id: string, result: Recheck<RowRead | null>, tally: Tally): void => {
  switch (result.kind) {
    case 'same':
      tally.rechecked += 1
      return
    case 'inconclusive':
      tally.doubts.push(`row ${id.replaceAll('\u0001', ', ').slice(0, 80)}: ${result.why}`)
      return
    case 'differs': {
      const old = work.following.active === 'old' ? result.active : result.passive
      const fresh = work.following.active === 'old' ? result.passive : result.active
      // One row under two spellings of its key is met from both sides, and told once.
      const pair = JSON.stringify([old?.id ?? null, fresh?.id ?? null])
      if (tally.seen.has(pair)) return
      tally.seen.add(pair)
      const difference = rowDifference(work.plan, old, fresh)
      if (!difference) {
        tally.doubts.push(`row ${id.slice(0, 80)} looks the same but could not be proved the same`)
        return
      }
      tally.kinds[difference.kind] += 1
      if (tally.kept.length < keptRows) tally.kept.push(difference)
      return
    }
  }
  result satisfies never
}
