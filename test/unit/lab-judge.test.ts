import { describe, expect, it } from 'vitest'
import type { LedgerLine } from '../lab/customers'
import type { ProbeLine } from '../lab/prober'
import { readLedger, readProbes, weighOrders } from '../lab/verdict'

describe('the judge', () => {
  const at = (ms: number) => ({ mono: ms, wall: 1_700_000_000_000 + ms })
  const attempt = (ref: string, ms: number): LedgerLine => ({ event: 'attempt', ref, try: 1, server: 'w', ...at(ms) })
  const acknowledged = (ref: string, ms: number): LedgerLine => {
    return { event: 'acknowledged', ref, try: 1, server: 'w', status: 201, tookMs: 5, waitedMs: 5, ...at(ms) }
  }
  const ack = (side: 'old' | 'new', ms: number): ProbeLine => ({ event: 'ack', side, n: ms, sent: ms - 1, ...at(ms) })
  const readOnly = (old: boolean, fresh: boolean, ms: number): ProbeLine => ({
    event: 'readOnly',
    old,
    new: fresh,
    sent: ms,
    ...at(ms)
  })

  it('names a lost, a doubled, a half-written and an unasked order', () => {
    const lines = [attempt('a', 1), acknowledged('a', 6), attempt('b', 2), acknowledged('b', 7), attempt('c', 3)]
    const verdict = weighOrders(lines, {
      old: { refs: ['a', 'b', 'c'], incomplete: [] },
      new: { refs: ['a', 'a', 'x'], incomplete: ['a'] }
    })
    expect(verdict.missing).toEqual([{ ref: 'b', side: 'new' }])
    expect(verdict.doubled).toEqual([{ ref: 'a', side: 'new' }])
    expect(verdict.incomplete).toEqual([{ ref: 'a', side: 'new' }])
    expect(verdict.neverAttempted).toEqual([{ ref: 'x', side: 'new' }])
  })

  it('measures the longest gap between acknowledgements, in the asked span and not across a restart', () => {
    const begin = (ms: number): LedgerLine => ({ event: 'start', run: 'r', rate: 1, ...at(ms) })
    const lines = [
      begin(0),
      acknowledged('a', 10),
      acknowledged('b', 110),
      acknowledged('c', 810),
      begin(5000),
      acknowledged('d', 5010)
    ]
    expect(readLedger(lines).longestGap?.ms).toBe(700)
    expect(readLedger(lines, { from: at(0).wall, to: at(90).wall }).longestGap?.ms).toBe(100)
  })

  it('tells a clean switch from an old server that took a write after the new one', () => {
    const clean = readProbes([
      ack('old', 10),
      ack('old', 30),
      readOnly(true, true, 40),
      ack('new', 55),
      readOnly(true, false, 60)
    ])
    expect(clean).toMatchObject({ switches: 1, overlaps: [], silenceMs: 25, bothWritable: 0, neitherWritable: 1 })
    expect(clean.pauseMs).toEqual({ least: 0, most: 26 })
    const torn = readProbes([
      ack('old', 10),
      ack('new', 30),
      ack('old', 34),
      ack('new', 50),
      readOnly(false, false, 60)
    ])
    expect(torn).toMatchObject({ switches: 3, overlaps: [{ n: 34, lateMs: 4 }], bothWritable: 1 })
  })

  it('knows between what the write pause was, from the writes around it', () => {
    const refused = (side: 'old' | 'new', sent: number, ms: number): ProbeLine => {
      return { event: 'refused', side, n: ms, sent, errno: 1290, error: 'read-only', ...at(ms) }
    }
    const lines = [
      refused('new', 8, 9),
      ack('old', 30),
      refused('new', 28, 31),
      refused('new', 440, 441),
      refused('old', 50, 445),
      ack('new', 462)
    ]
    expect(readProbes(lines)).toMatchObject({ silenceMs: 432, pauseMs: { least: 390, most: 433 } })
  })
})
