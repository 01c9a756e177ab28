import { stopWhenCancelled } from './compare-session'
import type { JudgeWork } from './judge-ranges'
import { keyId } from './key-range'
import { type Recheck, recheck } from './recheck'
import { type RowRead, readRows, rowDifference, sameRow } from './rows'
import type { KeyValue } from './table-key'
import { doubt, keepRow, type Tally } from './tally'

const bytesPerRead = 4_000_000
const mostRows = 500
const fewestRows = 20

/** Rows that may differ: looked at side by side until it is certain. */
export const judgeRows = async (work: JudgeWork, keys: readonly KeyValue[], tally: Tally): Promise<void> => {
  const size = Math.max(fewestRows, Math.min(mostRows, Math.floor(bytesPerRead / Math.max(1, work.rowBytes))))
  for (let from = 0; from < keys.length; from += size) {
    stopWhenCancelled(work.signal)
    const results = await recheck<KeyValue, RowRead | null>(keys.slice(from, from + size), {
      active: work.following.active,
      wait: work.waiter.wait,
      signal: work.signal,
      id: keyId,
      same: (a, b) => sameRow(work.plan, a, b),
      tries: 6,
      // Two servers that do not follow each other have nothing on its way.
      needed: work.following.kind === 'apart' ? 1 : 2,
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
      keepRow(tally, difference, (old ?? fresh)?.id)
      return
    }
  }
  result satisfies never
}
