/** How many canary orders were acknowledged between `from` and `from + widthMs`. */
export type CanaryBin = { from: number; count: number; failed: number }

/** Counts orders into bins of `widthMs` from `from` to `to` (epoch milliseconds). */
export function canaryBins(orders: readonly CanaryOrder[], from: number, to: number, widthMs: number): CanaryBin[] {
  const length = Math.max(0, Math.ceil((to - from) / widthMs))
  const bins = Array.from({ length }, (_, index) => ({ from: from + index * widthMs, count: 0, failed: 0 }))
  for (const order of orders) {
    const bin = bins[Math.floor((order.at - from) / widthMs)]
    if (!bin) continue
    if (order.failed) bin.failed += 1
    else bin.count += 1
  }
  return bins
}

/** One canary order: when it was acknowledged or failed, and how long it took. */
export type CanaryOrder = { at: number; tookMs: number; failed?: boolean }

/** The span the strip under the bars shows: the hold, with as much again before and after it, never less than 600 ms. */
export function holdWindow(hold: { from: number; to?: number }, now: number): { from: number; to: number } {
  const to = hold.to ?? now
  const margin = Math.max(300, (to - hold.from) * 0.5)
  return { from: hold.from - margin, to: hold.to === undefined ? Math.max(to, hold.from + margin) : to + margin }
}
