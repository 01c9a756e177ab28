import type { ClockOffset, DoctorRow, RoundTrip, Throughput } from '../../shared/doctor'
import type { Failure } from '../../shared/failure'
import { clockWords, rateText, shortTime, sizeText } from '../../shared/line-words'
import { throughputLimits } from './line-figures'

/** What one figure of the line comes to: a row of the doctor. */
export type LineVerdict = Pick<DoctorRow, 'state' | 'seen' | 'detail' | 'failure'>

/** From here on a figure is worth a warning: nothing fails by it, but a run is told differently. */
export const lineLimits = { clockMs: 1000, medianMs: 250, p95Ms: 1000, bytesPerSecond: 256 * 1024 }

const fine = (seen: string, detail: string[]): LineVerdict => ({ state: 'ok', seen, detail, failure: null })
const unmeasured = (why: string): LineVerdict => ({ state: 'skipped', seen: why, detail: [], failure: null })
const warned = (seen: string, detail: string[], failure: Failure): LineVerdict => ({
  state: 'warn',
  seen,
  detail,
  failure
})

/** The server's clock against this computer's. */
export const judgeClock = (clock: ClockOffset | null, where: string): LineVerdict => {
  if (!clock) return unmeasured('the server told no time')
  const seen = clockWords(clock, 'this computer’s')
  const detail = ['SELECT UTC_TIMESTAMP(6); the doubt is half the round trip of the quickest answer']
  if (Math.abs(clock.offsetMs) - clock.uncertaintyMs < lineLimits.clockMs) return fine(seen, detail)
  return warned(seen, detail, {
    kind: 'conflict',
    what: `The server’s clock is ${seen}.`,
    where,
    why: 'One of the two is wrong. Certificates, the ages shown and the times in the report are read by these clocks.',
    try: [
      'On the server: look whether its time is kept (`timedatectl`, `chronyc tracking`) and start that service.',
      'Look at this computer’s clock, too: when every server is off by the same, it is this one.'
    ]
  })
}

/** How long one small question takes there and back. */
export const judgeRoundTrip = (trip: RoundTrip | null, where: string): LineVerdict => {
  if (!trip) return unmeasured('not measured')
  const seen = `median ${shortTime(trip.medianMs)}, 95 % within ${shortTime(trip.p95Ms)}`
  const detail = [`${trip.samples} × SELECT UTC_TIMESTAMP(6), one after the other`]
  const slow = trip.medianMs >= lineLimits.medianMs
  if (!slow && trip.p95Ms < lineLimits.p95Ms) return fine(seen, detail)
  return warned(seen, detail, {
    kind: 'timeout',
    what: slow
      ? `Each question to this server takes ${shortTime(trip.medianMs)} there and back.`
      : `Some questions to this server take ${shortTime(trip.p95Ms)} there and back.`,
    where,
    why: slow
      ? 'A run asks many questions one after the other, and a hold must be renewed every few seconds.'
      : 'The line stalls now and then: packets are lost, or something else fills it.',
    try: [
      'Use a wired network, or leave the VPN or jump host that takes the detour.',
      'Run Siteswap nearer to the servers: the command `siteswap` works on a bastion.'
    ]
  })
}

const sent = (bytes: number) =>
  `${sizeText(bytes)} of text made by the server (SELECT REPEAT …) and read; nothing was written`

/** How much the line to the database carries. */
export const judgeThroughput = (throughput: Throughput | null, where: string): LineVerdict => {
  if (!throughput) return unmeasured('the server sent less than was asked for (max_allowed_packet)')
  const seen = `${rateText(throughput)}: ${sizeText(throughput.bytes)} in ${shortTime(throughput.ms)}`
  const detail = [sent(throughput.bytes)]
  if (throughput.bytesPerSecond >= lineLimits.bytesPerSecond) return fine(seen, detail)
  const hours = 1024 ** 3 / throughput.bytesPerSecond
  return warned(seen, detail, {
    kind: 'timeout',
    what: `The line to this server carries only ${rateText(throughput)}.`,
    where,
    why: `One GiB through this computer would take ${shortTime(hours * 1000)}. Questions and the cutover need little; rows that differ and large answers come slowly.`,
    try: [
      'Look what else uses the line, and whether a jump host or VPN on the way is slow.',
      'Run Siteswap nearer to the servers: the command `siteswap` works on a bastion.'
    ]
  })
}

/** Not even the first piece came in time. */
export const tooSlow = (deadlineMs: number, where: string): LineVerdict => {
  const what = `The line did not carry ${sizeText(throughputLimits.firstBytes)} within ${shortTime(deadlineMs)}.`
  return warned(what, [sent(throughputLimits.firstBytes)], {
    kind: 'timeout',
    what,
    where,
    try: [
      'Small answers come through and large ones do not: on a VPN or tunnel, look at its packet size (MTU).',
      'Look what else uses the line.'
    ]
  })
}
