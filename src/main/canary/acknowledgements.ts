import type { CanaryState } from '../../shared/canary'

const slotMs = 100
const slotsKept = 200

/** Ack times folded as they come: counts, the silences between them, and the last 20 s in slots of 100 ms. Times are epoch ms. */
export interface Acknowledgements {
  add(at: number, latencyMs: number): void
  /** Slots up to now, oldest first; `waitingSince` is the oldest order that still waits. */
  slots(now: number, waitingSince: number | null): CanaryState['slots']
  longestGapMs(now: number, isWaiting: boolean): number | null
  /** Longest silence that overlaps this span. */
  gapWithin(from: number, to: number): number | null
  readonly count: number
}

/** Starts an empty record; silences shorter than `noteMs` are not kept one by one. */
export const makeAcknowledgements = (noteMs = 20): Acknowledgements => {
  const slots = new Map<number, { acknowledged: number; worstMs: number }>()
  const gaps: { from: number; to: number }[] = []
  let count = 0
  let last: number | null = null
  let longest: number | null = null
  return {
    get count() {
      return count
    },
    add: (at, latencyMs) => {
      count++
      if (last !== null) {
        const gap = at - last
        longest = Math.max(longest ?? 0, gap)
        if (gap >= noteMs) gaps.push({ from: last, to: at })
        if (gaps.length > 20_000) gaps.splice(0, 10_000)
      }
      last = Math.max(last ?? at, at)
      const slot = Math.floor(at / slotMs)
      const known = slots.get(slot) ?? { acknowledged: 0, worstMs: 0 }
      slots.set(slot, { acknowledged: known.acknowledged + 1, worstMs: Math.max(known.worstMs, latencyMs) })
      for (const old of slots.keys()) {
        if (old >= slot - slotsKept) break
        slots.delete(old)
      }
    },
    slots: (now, waitingSince) => {
      const end = Math.floor(now / slotMs)
      return Array.from({ length: slotsKept }, (_, index) => {
        const slot = end - slotsKept + 1 + index
        const known = slots.get(slot)
        const waits = slot === end && waitingSince !== null ? now - waitingSince : null
        const worst = known || waits !== null ? Math.max(known?.worstMs ?? 0, waits ?? 0) : null
        return {
          at: slot * slotMs,
          acknowledged: known?.acknowledged ?? 0,
          worstMs: worst === null ? null : Math.round(worst)
        }
      })
    },
    longestGapMs: (now, isWaiting) => {
      if (last === null) return null
      return Math.round(Math.max(longest ?? 0, isWaiting ? now - last : 0))
    },
    gapWithin: (from, to) => {
      const lengths = gaps.filter((gap) => gap.to >= from && gap.from <= to).map((gap) => gap.to - gap.from)
      return lengths.length ? Math.round(Math.max(...lengths)) : null
    }
  }
}
