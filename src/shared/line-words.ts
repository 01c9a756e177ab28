import type { ClockOffset, Throughput } from './doctor'
import type { BridgeThroughput } from './topology'

const digits = (value: number, unit: string): string =>
  `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} ${unit}`

/** `0.4 ms`, `12 ms`, `1.5 s`, `3 min`. */
export const shortTime = (ms: number): string => {
  const size = Math.abs(ms)
  if (size < 1000) return digits(size, 'ms')
  if (size < 120_000) return digits(size / 1000, 's')
  return size < 7_200_000 ? digits(size / 60_000, 'min') : digits(size / 3_600_000, 'h')
}

/** `820 B`, `64 KiB`, `2 MiB`. */
export const sizeText = (bytes: number): string => {
  if (bytes < 1024) return `${Math.round(bytes)} B`
  return bytes < 1024 * 1024 ? digits(bytes / 1024, 'KiB') : digits(bytes / (1024 * 1024), 'MiB')
}

/** `11 MiB/s` */
export const rateText = ({ bytesPerSecond }: Throughput): string => `${sizeText(bytesPerSecond)}/s`

/** A clock against another: `12 ms ahead of lis-db1’s (± 2 ms)`. */
export const clockWords = ({ offsetMs, uncertaintyMs }: Omit<ClockOffset, 'at'>, other: string): string => {
  const doubt = `± ${shortTime(uncertaintyMs)}`
  if (Math.abs(offsetMs) <= uncertaintyMs) return `the same as ${other} (${doubt})`
  return `${shortTime(offsetMs)} ${offsetMs > 0 ? 'ahead of' : 'behind'} ${other} (${doubt})`
}

/** One server's clock against another's, from both against this computer's: the doubts add up. */
export const clockBetween = (one: ClockOffset, other: ClockOffset): Omit<ClockOffset, 'at'> => ({
  offsetMs: one.offsetMs - other.offsetMs,
  uncertaintyMs: one.uncertaintyMs + other.uncertaintyMs
})

/** What a bridge carries: `1.2 MiB/s to lis, 3 KiB/s to fra`. */
export const bridgeRateText = (throughput: BridgeThroughput, toNew: string, toOld: string): string =>
  `${sizeText(throughput.toNewPerSecond)}/s to ${toNew}, ${sizeText(throughput.toOldPerSecond)}/s to ${toOld}`
