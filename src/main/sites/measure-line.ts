import type { Throughput } from '../../shared/doctor'
import type { Session } from '../mysql/session'
import { type LineSample, nextBytes, throughputLimits, throughputOf } from './line-figures'

const wantedSamples = 15
/** On a line this slow fewer samples must do. */
const samplingMs = 4_000
const fewestSamples = 3
const rowBytes = 32 * 1024

/** `2026-11-23 09:12:00.123456`, always UTC. */
const timeOf = (text: string | null | undefined): number | null => {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d+)?$/.exec(text ?? '')
  const whole = parts ? Date.parse(`${parts[1]}T${parts[2]}Z`) : Number.NaN
  return Number.isNaN(whole) ? null : whole + Number(parts?.[3] ?? 0) * 1000
}

/** Asks for the server's time again and again: the round trip and the clock in one. */
export const sampleLine = async (session: Session, deadlineMs: number): Promise<LineSample[]> => {
  const samples: LineSample[] = []
  const began = performance.now()
  while (samples.length < wantedSamples) {
    if (samples.length >= fewestSamples && performance.now() - began > samplingMs) break
    // The wall clock alone knows of a laptop's sleep, the other one alone is fine enough for a short trip.
    const sentMs = Date.now()
    const sent = performance.now()
    const [row] = await session.query('SELECT UTC_TIMESTAMP(6) AS now', [], { deadlineMs })
    samples.push({ sentMs, answeredMs: sentMs + performance.now() - sent, serverMs: timeOf(row?.now) })
  }
  return samples
}

const statementFor = (rows: number): string => {
  const ones = Array.from({ length: rows }, () => 'SELECT 1').join(' UNION ALL ')
  // Rows that differ: a line that compresses repeated text would look faster than it is.
  return `SELECT REPEAT(SHA2(RAND(), 512), ${rowBytes / 128}) AS t FROM (${ones}) AS r`
}

const fetchText = async (session: Session, bytes: number, emptyMs: number, deadlineMs: number) => {
  const statement = statementFor(Math.max(1, Math.round(bytes / rowBytes)))
  const began = performance.now()
  const { rows } = await session.table(statement, { deadlineMs })
  const tookMs = performance.now() - began
  return throughputOf(
    rows.reduce((sum, row) => sum + (row[0]?.length ?? 0), 0),
    tookMs,
    emptyMs
  )
}

/** Has the server make text and reads it: 64 KiB first, then as much as fits into about half a second, 2 MiB at most. Null: it sends none. */
export const measureThroughput = async (
  session: Session,
  emptyMs: number,
  deadlineMs: number
): Promise<Throughput | null> => {
  let last = await fetchText(session, throughputLimits.firstBytes, emptyMs, deadlineMs)
  if (last.bytes === 0) return null
  for (let bytes = nextBytes(last); bytes !== null; bytes = nextBytes(last)) {
    const next = await fetchText(session, bytes, emptyMs, deadlineMs)
    if (next.bytes <= last.bytes) break
    last = next
  }
  return last
}
