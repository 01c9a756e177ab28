import type { ClockOffset, RoundTrip, Throughput } from '../../shared/doctor'

/** One small question: when it was sent and answered by this computer's clock, and the server's time in the answer (epoch ms). */
export interface LineSample {
  sentMs: number
  answeredMs: number
  /** null: the answer held no time. */
  serverMs: number | null
}

const tripOf = (sample: LineSample): number => Math.max(0, sample.answeredMs - sample.sentMs)
const tenth = (ms: number): number => Math.round(ms * 10) / 10

/** The value below which this share of the sorted values lies, between two neighbours in proportion. */
const quantile = (sorted: readonly number[], share: number): number => {
  const place = (sorted.length - 1) * share
  const [low = 0, high = low] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return low + (high - low) * (place - Math.floor(place))
}

/** Median and 95th percentile of the samples; null when there is none. */
export const roundTripOf = (samples: readonly LineSample[]): RoundTrip | null => {
  if (samples.length === 0) return null
  const sorted = samples.map(tripOf).sort((a, b) => a - b)
  return { medianMs: tenth(quantile(sorted, 0.5)), p95Ms: tenth(quantile(sorted, 0.95)), samples: samples.length }
}

/** The clock by the quickest sample: the answer was written somewhere within its round trip, at its middle as a guess. */
export const clockOf = (samples: readonly LineSample[]): ClockOffset | null => {
  const [best] = samples.filter((sample) => sample.serverMs !== null).sort((a, b) => tripOf(a) - tripOf(b))
  if (best?.serverMs == null) return null
  const half = tripOf(best) / 2
  return {
    at: Math.round(best.sentMs),
    offsetMs: tenth(best.serverMs - (best.sentMs + half)),
    // This computer's clock is read in whole milliseconds.
    uncertaintyMs: tenth(half + 1)
  }
}

/** The rate of one answer: the time of an empty question is not the data's. */
export const throughputOf = (bytes: number, tookMs: number, emptyMs: number): Throughput => {
  const ms = Math.max(0.1, tookMs - Math.min(emptyMs, tookMs / 2))
  return { bytes, ms: tenth(tookMs), bytesPerSecond: Math.round((bytes / ms) * 1000) }
}

export const throughputLimits = { firstBytes: 64 * 1024, mostBytes: 2 * 1024 * 1024, aimMs: 600 }

/** How much to ask for next, so that it takes about `aimMs`; null: the last answer says enough. */
export const nextBytes = (last: Throughput): number | null => {
  const { mostBytes, aimMs } = throughputLimits
  if (last.bytes >= mostBytes || last.ms >= aimMs / 2) return null
  const wanted = Math.min(mostBytes, Math.floor((last.bytesPerSecond * aimMs) / 1000))
  return wanted > last.bytes * 1.5 ? wanted : null
}
