import { type ComparedRange, compareRanges, sumRanges } from './aggregate'
import { stopWhenCancelled } from './compare-session'
import { splitRange } from './edges'
import type { Following, Sessions, Waiter } from './follow'
import { type KeyRange, keyId } from './key-range'
import { type Recheck, recheck } from './recheck'
import { type RangeSum, sameSums } from './row-hash'
import { candidateKeys, listHashes, type RowRead, readRangeRows, readRows, rowDifference, sameRow } from './rows'
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

const listedRows = 3000
const wholesaleRows = 500

/** Ranges that looked different: looked at again at one position, then narrowed down to rows. */
export const judgeRanges = async (work: JudgeWork, suspicious: ComparedRange[], tally: Tally): Promise<void> => {
  const results = await recheckRanges(
    work,
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

const narrow = async (
  work: JudgeWork,
  range: KeyRange,
  tally: Tally,
  result: Recheck<RangeSum> | undefined
): Promise<void> => {
  stopWhenCancelled(work.signal)
  const { plan, sessions } = work
  const hopeless = work.waiter.hopeless()
  if (hopeless !== null) {
    doubt(tally, `a range of rows differs, but ${hopeless}`)
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

const listAndJudge = async (work: JudgeWork, range: KeyRange, tally: Tally): Promise<void> => {
  const { plan, sessions } = work
  const [old, fresh] = await Promise.all([
    listHashes(sessions.old, plan, 'old', range),
    listHashes(sessions.new, plan, 'new', range)
  ])
  const keys = candidateKeys(old, fresh)
  if (keys.length > 0) return await judgeRows(work, keys, tally)
  // Key and hash of every row were equal on both sides: it healed, or orders came in between the two sums. Only a sum
  // that differs while the active side stands still would contradict the rows.
  const result = (await recheckRanges(work, [range], 3, 2)).get(rangeId(range))
  if (result?.kind === 'differs') doubt(tally, 'a range of rows differs by its sum, but no differing row was found')
  else tally.rechecked += 1
}

/** A whole range that one side does not have: counted at once, confirmed twice, its first rows kept. */
const wholesale = async (
  work: JudgeWork,
  range: KeyRange,
  tally: Tally,
  result: Extract<Recheck<RangeSum>, { kind: 'differs' }>
): Promise<boolean> => {
  const { active } = work.following
  const empty = result.passive.rows === 0 ? otherSide(active) : result.active.rows === 0 ? active : null
  if (!empty || Math.max(result.active.rows, result.passive.rows) < wholesaleRows) return false
  const verdict = (await recheckRanges(work, [range], 3, 2)).get(rangeId(range))
  if (verdict?.kind !== 'differs') return false
  const counts = { [active]: verdict.active.rows, [otherSide(active)]: verdict.passive.rows } as Record<Side, number>
  if (counts[empty] !== 0) return false
  const full = otherSide(empty)
  tally.kinds[empty === 'new' ? 'missing' : 'extra'] += counts[full]
  const room = keptRows - tally.kept.length
  if (room > 0) {
    for (const row of await readRangeRows(work.sessions[full], work.plan, full, range, room)) {
      const difference = rowDifference(work.plan, full === 'old' ? row : null, full === 'new' ? row : null)
      if (difference) keepRow(tally, difference)
    }
  }
  return true
}

const judgeRows = async (work: JudgeWork, keys: KeyValue[], tally: Tally): Promise<void> => {
  const size = Math.max(20, Math.min(500, Math.floor(4_000_000 / Math.max(1, work.rowBytes))))
  for (let from = 0; from < keys.length; from += size) {
    stopWhenCancelled(work.signal)
    const batch = keys.slice(from, from + size)
    const results = await recheck<KeyValue, RowRead | null>(batch, {
      active: work.following.active,
      wait: work.waiter.wait,
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

const tell = (work: JudgeWork, id: string, result: Recheck<RowRead | null>, tally: Tally): void => {
  switch (result.kind) {
    case 'same':
      tally.rechecked += 1
      return
    case 'inconclusive':
      doubt(tally, `row ${id.replaceAll('\u0001', ', ').slice(0, 80)}: ${result.why}`)
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
        doubt(tally, `row ${id.slice(0, 80)} looks the same but could not be proved the same`)
        return
      }
      tally.kinds[difference.kind] += 1
      keepRow(tally, difference)
      return
    }
  }
  result satisfies never
}
