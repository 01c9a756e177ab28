import type { LedgerLine } from './customers'
import type { ProbeLine } from './prober'

/** What the ledger alone tells. */
export interface LedgerVerdict {
  attempted: number
  acknowledged: number
  unknown: number
  failedAttempts: number
  /** Failed attempts by what was answered, e.g. `503` or `no answer in 8000 ms`. */
  failures: Record<string, number>
  medianMs: number | null
  p95Ms: number | null
  /** The longest wait of one order from its first attempt to its acknowledgement. */
  longestWaitMs: number | null
  /** The longest time without any acknowledgement: the write pause as customers saw it. */
  longestGap: { ms: number; fromMono: number; fromWall: number; toWall: number } | null
}

/** A span of wall-clock time, in Unix milliseconds. */
export interface Span {
  from: number
  to: number
}

/** Sums a ledger up. Gaps across a stop and the next start do not count, nor those outside `span`. */
export function readLedger(lines: LedgerLine[], span: Span = { from: 0, to: Number.POSITIVE_INFINITY }): LedgerVerdict {
  const refs = new Set<string>()
  const failures: Record<string, number> = {}
  const took: number[] = []
  let failedAttempts = 0
  let unknown = 0
  let longestWaitMs: number | null = null
  let longestGap: LedgerVerdict['longestGap'] = null
  let last: LedgerLine | null = null
  for (const line of lines) {
    if (line.event === 'start') last = null
    if (line.event === 'attempt') refs.add(line.ref)
    if (line.event === 'unknown') unknown++
    if (line.event === 'failed') {
      failedAttempts++
      const word = line.status === null ? line.error : String(line.status)
      failures[word] = (failures[word] ?? 0) + 1
    }
    if (line.event !== 'acknowledged') continue
    took.push(line.tookMs)
    longestWaitMs = Math.max(longestWaitMs ?? 0, line.waitedMs)
    const inSpan = last !== null && last.wall <= span.to && line.wall >= span.from
    if (last !== null && inSpan && line.mono - last.mono > (longestGap?.ms ?? 0)) {
      longestGap = { ms: line.mono - last.mono, fromMono: last.mono, fromWall: last.wall, toWall: line.wall }
    }
    last = line
  }
  took.sort((a, b) => a - b)
  const at = (share: number): number | null => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? null
  const counts = { attempted: refs.size, acknowledged: took.length, unknown, failedAttempts, failures }
  return { ...counts, medianMs: at(0.5), p95Ms: at(0.95), longestWaitMs, longestGap }
}

export interface ServerOrders {
  refs: string[]
  /** Orders without items or without their payment. */
  incomplete: string[]
}
type Side = 'old' | 'new'
type Found = { ref: string; side: Side }[]

export interface OrdersVerdict {
  acknowledged: number
  /** Orders of the ledger found, per server. */
  found: Partial<Record<Side, number>>
  missing: Found
  doubled: Found
  incomplete: Found
  neverAttempted: Found
}

/** Compares the ledger with the orders found on each server. */
export function weighOrders(lines: LedgerLine[], servers: Partial<Record<Side, ServerOrders>>): OrdersVerdict {
  const attempted = new Set(lines.flatMap((line) => (line.event === 'attempt' ? [line.ref] : [])))
  const acknowledged = new Set(lines.flatMap((line) => (line.event === 'acknowledged' ? [line.ref] : [])))
  const verdict: OrdersVerdict = {
    acknowledged: acknowledged.size,
    found: {},
    missing: [],
    doubled: [],
    incomplete: [],
    neverAttempted: []
  }
  for (const side of ['old', 'new'] as const) {
    const orders = servers[side]
    if (!orders) continue
    const seen = new Set<string>()
    for (const ref of orders.refs) {
      if (seen.has(ref)) verdict.doubled.push({ ref, side })
      seen.add(ref)
      if (!attempted.has(ref)) verdict.neverAttempted.push({ ref, side })
    }
    verdict.found[side] = seen.size
    for (const ref of acknowledged) if (!seen.has(ref)) verdict.missing.push({ ref, side })
    for (const ref of orders.incomplete) verdict.incomplete.push({ ref, side })
  }
  return verdict
}

/** What the two-sided prober saw. */
export interface ProbeVerdict {
  acks: Record<Side, number>
  lastAckOldMono: number | null
  firstAckNewMono: number | null
  /** From the last write the old server took to the first the new one took: the floor of the write pause. */
  silenceMs: number | null
  /**
   * What the write pause was at least and at most, as far as a write every 20 ms can tell, ms: the old server stopped
   * after the last write it took was sent and before the next one was refused; the new one opened after the last write
   * it refused was sent and before the first one it took was answered.
   */
  pauseMs: { least: number; most: number } | null
  /** Writes the old server acknowledged after the new server had acknowledged one. */
  overlaps: { n: number; lateMs: number }[]
  /** How often the side that takes writes changed: 1 for a move, 2 when it was reversed; more is an overlap. */
  switches: number
  polls: number
  bothWritable: number
  neitherWritable: number
}

type Ack = Extract<ProbeLine, { event: 'ack' }>

const pauseBounds = (lines: ProbeLine[], lastOld: Ack, firstNew: Ack): { least: number; most: number } => {
  const refused = lines.flatMap((line) => (line.event === 'refused' ? [line] : []))
  const stopped = refused.find((line) => line.side === 'old' && line.sent >= lastOld.sent)
  const stillShut = refused.findLast((line) => line.side === 'new' && line.sent < firstNew.sent)
  return {
    least: stopped && stillShut ? Math.max(0, stillShut.sent - stopped.sent) : 0,
    most: firstNew.mono - lastOld.sent
  }
}

/** Sums the prober's last run up. */
export function readProbes(all: ProbeLine[]): ProbeVerdict {
  const lines = all.slice(
    Math.max(
      0,
      all.findLastIndex((line) => line.event === 'start')
    )
  )
  const acks = lines.flatMap((line) => (line.event === 'ack' ? [line] : []))
  const firstNew = acks.find((line) => line.side === 'new')
  const lastOld = acks.findLast((line) => line.side === 'old')
  const polls = lines.flatMap((line) => (line.event === 'readOnly' ? [line] : []))
  const late = firstNew ? acks.filter((line) => line.side === 'old' && line.mono > firstNew.mono) : []
  return {
    acks: {
      old: acks.filter((line) => line.side === 'old').length,
      new: acks.filter((line) => line.side === 'new').length
    },
    lastAckOldMono: lastOld?.mono ?? null,
    firstAckNewMono: firstNew?.mono ?? null,
    silenceMs: firstNew && lastOld ? firstNew.mono - lastOld.mono : null,
    pauseMs: firstNew && lastOld ? pauseBounds(lines, lastOld, firstNew) : null,
    overlaps: late.map((line) => ({ n: line.n, lateMs: line.mono - (firstNew?.mono ?? 0) })),
    switches: acks.filter((line, index) => index > 0 && line.side !== acks[index - 1]?.side).length,
    polls: polls.length,
    bothWritable: polls.filter((line) => line.old === false && line.new === false).length,
    neitherWritable: polls.filter((line) => line.old === true && line.new === true).length
  }
}
