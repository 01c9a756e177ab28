import { describe, expect, it } from 'vitest'
import { makeGovernor } from '../../src/main/drift/governor'
import { leftOutByChoice } from '../../src/main/drift/jobs'
import { continued, type DriftKeepsake } from '../../src/main/drift/keepsake'
import { repairStatements } from '../../src/main/drift/repair-statements'
import { repairColumn } from '../../src/main/drift/repair-values'
import { sameTexts } from '../../src/main/drift/row-hash'
import { judgeSigns, makeSteady, type Signs, signsOf } from '../../src/main/drift/signs'
import { loadOf } from '../../src/main/mysql/load-status'
import type { DriftPace } from '../../src/shared/drift'
import { columnOf } from './drift-facts'

const signs = (more: Partial<Signs> = {}): Signs => ({
  server: 'new-db',
  running: 1,
  atWork: 0.4,
  statementsPerSecond: 3,
  waitMs: 2,
  quickestMs: 41,
  lagSeconds: 0.4,
  ...more
})

describe('the pace of a comparison', () => {
  it.each([
    [signs(), 'idle'],
    [signs({ statementsPerSecond: 160 }), 'served'],
    [signs({ statementsPerSecond: 5000, atWork: 3, running: 12 }), 'served'],
    [signs({ statementsPerSecond: 50, atWork: 9 }), 'busy'],
    [signs({ statementsPerSecond: 160, waitMs: 80 }), 'busy'],
    // It waits for the comparison itself, and nobody else is there.
    [signs({ waitMs: 80 }), 'idle'],
    [signs({ lagSeconds: 3 }), 'busy'],
    [signs({ running: 41 }), 'wait'],
    [signs({ lagSeconds: 11 }), 'wait'],
    [
      signs({
        running: null,
        atWork: null,
        statementsPerSecond: null,
        waitMs: null,
        quickestMs: null,
        lagSeconds: null
      }),
      'idle'
    ]
  ] as const)('of %j is %s', (one, kind) => {
    expect(judgeSigns([one]).kind).toBe(kind)
  })

  it('takes the lag from two beats of one clock', () => {
    const reading = { server: 's', running: 0, atWork: 0, statementsPerSecond: 0, waitMs: 0, quickestMs: 1 }
    const at = (us: bigint | null) => ({ ...reading, beatUs: us })
    expect(signsOf(at(5_000_000n), at(3_500_000n))[1]?.lagSeconds).toBe(1.5)
    expect(signsOf(at(null), at(3n))[1]?.lagSeconds).toBeNull()
  })

  it('takes the load from five readings, so that one moment decides nothing', () => {
    const steady = makeSteady()
    for (const ms of [41, 42, 43]) steady(1, ms)
    expect(steady(60, 900)).toEqual({ atWork: null, waitMs: null, quickestMs: 41 })
    expect(steady(1, 44)).toEqual({ atWork: 64 / 5, waitMs: 2, quickestMs: 41 })
    for (let times = 0; times < 5; times += 1) steady(null, 141)
    expect(steady(null, 141)).toEqual({ atWork: 64 / 5, waitMs: 100, quickestMs: 41 })
  })

  it('does not take those for work that only send the log', () => {
    const rows = [
      ['Questions', '900'],
      ['Slaves_connected', '2'],
      ['Threads_running', '5']
    ]
    expect(loadOf(rows)).toEqual({ running: 3, questions: 900 })
    expect(loadOf(rows.slice(2))).toEqual({ running: 5, questions: null })
    expect(loadOf([])).toEqual({ running: null, questions: null })
  })

  it.each([
    [signs(), 0],
    [signs({ statementsPerSecond: 160 }), 90],
    [signs({ atWork: 9 }), 180]
  ])('rests after %j for %i ms of the 101 it took, of which 41 were the way', async (one, restMs) => {
    const governor = makeGovernor('auto', () => {})
    governor.see([one])
    const rest = await governor.turn(new AbortController().signal)
    expect(governor.atWork()).toBe(1)
    const began = performance.now()
    await rest(101)
    expect(performance.now() - began).toBeGreaterThanOrEqual(restMs - 2)
    expect(governor.atWork()).toBe(0)
  })

  it('rests by hand, waits for a server, and stops waiting after ten minutes', () => {
    const paces: string[] = []
    let now = 0
    const governor = makeGovernor(
      'auto',
      (pace: DriftPace) => paces.push(pace.kind),
      () => now
    )
    governor.see([signs({ statementsPerSecond: 300, waitMs: 80 })])
    governor.see([signs({ lagSeconds: 60 })])
    governor.pause()
    governor.resume()
    now = 700_000
    governor.see([signs({ lagSeconds: 60 })])
    governor.see([signs()])
    expect(paces).toEqual(['gentle', 'waiting', 'paused', 'waiting', 'gentle', 'full'])
  })

  it('is gentle by choice whatever the servers show, and waits when they are in need', async () => {
    const paces: DriftPace[] = []
    const governor = makeGovernor('gentle', (pace) => paces.push(pace))
    governor.see([signs()])
    governor.see([signs({ statementsPerSecond: 5000 })])
    expect(governor.pace()).toEqual({ kind: 'gentle', why: 'as chosen' })
    governor.see([signs({ lagSeconds: 60 })])
    governor.see([signs()])
    expect(paces.map((pace) => ('why' in pace ? [pace.kind, pace.why] : pace.kind))).toEqual([
      ['waiting', 'new-db is 60 s behind'],
      ['gentle', 'as chosen']
    ])
    const rest = await governor.turn(new AbortController().signal)
    const began = performance.now()
    await rest(61)
    expect(performance.now() - began).toBeGreaterThanOrEqual(278)
  })

  it('is let through one at a time when it is gentle, and never after it was stopped', async () => {
    const governor = makeGovernor('gentle', () => {})
    const stop = new AbortController()
    const rest = await governor.turn(stop.signal)
    const second = governor.turn(stop.signal)
    stop.abort()
    await expect(second).rejects.toMatchObject({ failure: { kind: 'cancelled' } })
    await rest(0)
  })
})

describe('what is compared', () => {
  it('follows the wish, whatever the case of the names', () => {
    expect(leftOutByChoice({ without: ['Shop.Cache'] }, 'shop', 'cache')).toBe('left out by choice')
    expect(leftOutByChoice({ only: ['shop.*'] }, 'shop', 'orders')).toBeNull()
    expect(leftOutByChoice({ only: ['shop.*'] }, 'shop2', 'orders')).toBe('not asked for this time')
  })

  it('is continued only for the same comparison, and not after a day', () => {
    const kept: DriftKeepsake = { format: 1, id: 'a', since: 0, savedAt: 5, of: 'x', done: [], open: [] }
    expect(continued(kept, 'x', 10)).toBe(kept)
    expect(continued(kept, 'y', 10)).toBeNull()
    expect(continued(kept, 'x', 25 * 3_600_000)).toBeNull()
  })

  it('is equal by its texts only when every row was hashed', () => {
    const sum = (rows: bigint, hashes: bigint): string => String(rows * 10n ** 30n + hashes)
    expect(sameTexts('3', sum(3n, 77n), sum(3n, 77n))).toBe(true)
    expect(sameTexts('3', sum(2n, 77n), sum(2n, 77n))).toBe(false)
    expect(sameTexts('1', '', '')).toBe(false)
  })
})

describe('a repair', () => {
  const column = (name: string, type: string, isKey = false) => {
    const one = repairColumn(columnOf(name, type))
    if (!one) throw new Error(type)
    return { active: one, passive: one, isKey, sameBytes: true }
  }
  const table = { into: '`shop`.`orders`', columns: [column('id', 'int', true), column('note', 'varchar(9)')] }

  it('names all it expects to find, and takes back what it wrote', () => {
    expect(repairStatements(table, { active: ['1', '61'], passive: ['1', null] })).toEqual({
      statement:
        "UPDATE `shop`.`orders` SET `id` = 1, `note` = _utf8mb4 X'61' WHERE `id` = 1 AND `id` <=> 1 AND `note` IS NULL",
      undo: "UPDATE `shop`.`orders` SET `id` = 1, `note` = NULL WHERE `id` = 1 AND `id` <=> 1 AND CAST(`note` AS BINARY) <=> X'61'"
    })
    expect(repairStatements(table, { active: null, passive: ['1', '61'] })?.statement).toBe(
      "DELETE FROM `shop`.`orders` WHERE `id` = 1 AND `id` <=> 1 AND CAST(`note` AS BINARY) <=> X'61'"
    )
    expect(repairStatements(table, { active: null, passive: null })).toBeNull()
  })

  it('never takes a value that is not of its form into a statement', () => {
    expect(() => repairStatements(table, { active: ['1 OR 1', '61'], passive: null })).toThrow('unexpected form')
    expect(() => repairStatements(table, { active: ['1', "61' OR '"], passive: null })).toThrow('unexpected form')
  })
})
