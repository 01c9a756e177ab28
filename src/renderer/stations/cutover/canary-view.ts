import type { CanaryState } from '../../../shared/canary'

type Slots = CanaryState['slots']

/** Length of a slot of the canary stream. */
export const slotMs = 100

/** The slots between two moments, oldest first. */
export const slotsBetween = (slots: Slots, from: number, to: number): Slots =>
  slots.filter((slot) => slot.at + slotMs > from && slot.at < to)

/** Acknowledged orders per second in groups of slots, so that bars stay wide enough to be seen. */
export const barsOf = (slots: Slots, slotsPerBar: number): { from: number; to: number; perSecond: number }[] => {
  const width = slotMs * slotsPerBar
  const bars = new Map<number, number>()
  for (const slot of slots) {
    const from = Math.floor(slot.at / width) * width
    bars.set(from, (bars.get(from) ?? 0) + slot.acknowledged)
  }
  return [...bars].map(([from, count]) => ({ from, to: from + width, perSecond: (count * 1000) / width }))
}

/** The span drawn large: the hold with room before and after it. */
export const largeSpan = (hold: { from: number; to: number | null }, now: number): { from: number; to: number } => {
  const end = hold.to ?? now
  const margin = Math.max(400, (end - hold.from) * 0.4)
  return { from: hold.from - margin, to: hold.to === null ? Math.max(end, hold.from + margin) : end + margin }
}

/** Slots are known for this moment. */
export const covers = (slots: Slots, at: number): boolean => {
  const first = slots[0]
  return first !== undefined && first.at <= at
}
