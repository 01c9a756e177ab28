import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Session } from '../../src/main/mysql/session'
import {
  containsGtidSet,
  countGtids,
  formatGtidSet,
  type GtidSet,
  parseGtidSet,
  subtractGtidSets,
  unionGtidSets
} from '../../src/shared/gtid'
import { type OwnDatabase, startOwnDatabase } from './own/database'
import { admin } from './preflight-pair'
import { portSession } from './preflight-reach'

/** The same numbers in every run, so that what failed fails again (mulberry32). */
const dice = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

const uuids = [
  '3e11fa47-71ca-11e1-9e33-c80aa9429562',
  '3E11FA47-71CA-11E1-9E33-C80AA9429562',
  '0b9e1d10-0000-0000-0000-000000000001'
]
const tags = ['', '', 'shop', 'Shop', '_t_1']

/** A set in any spelling a server accepts: several uuids, tags, holes, overlaps, single numbers, blanks and line breaks. */
const randomSet = (roll: () => number): string => {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)] as T
  const interval = () => {
    const from = 1 + Math.floor(roll() * 40)
    const to = from + Math.floor(roll() * 8)
    return roll() < 0.3 ? `${from}` : `${from}-${to}`
  }
  const part = () => {
    const tag = pick(tags)
    const intervals = Array.from({ length: 1 + Math.floor(roll() * 4) }, interval)
    return [pick(uuids), ...(tag === '' ? [] : [tag]), ...intervals].join(pick([':', ' : ', ':\n']))
  }
  return Array.from({ length: Math.floor(roll() * 4) }, part).join(pick([',', ', ', ',\n']))
}

const canonical = (text: string | null | undefined): string => formatGtidSet(parseGtidSet(text ?? ''))

describe('GTID sets, as MySQL 9.7 itself works on them', () => {
  let server: OwnDatabase
  let session: Session

  beforeAll(async () => {
    server = await startOwnDatabase('my97')
    await server.asRoot(`CREATE USER '${admin.user}'@'%' IDENTIFIED BY '${admin.password}'`)
    session = await portSession('db', { port: server.port, ...admin }, 'gtid')
  })
  afterAll(async () => {
    await session?.close()
    await server?.stop()
  })

  it('are united, subtracted and contained alike, four hundred times, with tags and in every spelling', async () => {
    const roll = dice(1)
    const pairs = Array.from({ length: 400 }, () => [randomSet(roll), randomSet(roll)] as const)
    const asked = pairs.map(
      () =>
        "SELECT GTID_SUBTRACT(?, '') AS own, GTID_SUBTRACT(?, ?) AS rest, GTID_SUBSET(?, ?) AS within, GTID_SUBTRACT(CONCAT_WS(',', NULLIF(?, ''), NULLIF(?, '')), '') AS both_of"
    )
    const rows = await session.query(
      asked.map((sql) => `(${sql})`).join(' UNION ALL '),
      pairs.flatMap(([a, b]) => [a, a, b, b, a, a, b])
    )
    expect(rows).toHaveLength(pairs.length)
    for (const [index, [a, b]] of pairs.entries()) {
      const row = rows[index]
      const [x, y]: [GtidSet, GtidSet] = [parseGtidSet(a), parseGtidSet(b)]
      const words = `${JSON.stringify(a)} and ${JSON.stringify(b)}`
      expect(formatGtidSet(x), words).toBe(canonical(row?.own))
      expect(formatGtidSet(subtractGtidSets(x, y)), words).toBe(canonical(row?.rest))
      expect(containsGtidSet(x, y), words).toBe(row?.within === '1')
      expect(formatGtidSet(unionGtidSets(x, y)), words).toBe(canonical(row?.both_of))
      expect(countGtids(unionGtidSets(x, y)), words).toBe(countGtids(x) + countGtids(subtractGtidSets(y, x)))
    }
  })

  it('that the server refuses are refused here too, and what is written here it reads', async () => {
    const odd = ['x:1', `${uuids[0]}:1-2-3`, `${uuids[0]}:a-b:1`, `${uuids[0]}:1;2`]
    for (const text of odd) {
      expect(() => parseGtidSet(text), text).toThrow('GTID set')
      await expect(session.query("SELECT GTID_SUBTRACT(?, '') AS x", [text]), text).rejects.toThrow()
    }
    const roll = dice(2)
    for (let turn = 0; turn < 20; turn++) {
      const text = canonical(randomSet(roll))
      const [row] = await session.query("SELECT GTID_SUBTRACT(?, '') AS same", [text])
      expect(canonical(row?.same)).toBe(text)
    }
  })

  it('of fifty thousand intervals come out as the server’s own', async () => {
    const many = (first: number) => `${uuids[0]}:${Array.from({ length: 50_000 }, (_, at) => at * 3 + first).join(':')}`
    const [row] = await session.query('SELECT GTID_SUBTRACT(?, ?) AS rest, GTID_SUBSET(?, ?) AS within', [
      `${uuids[0]}:1-150000`,
      many(1),
      many(2),
      `${uuids[0]}:2-149999`
    ])
    const [whole, holes] = [parseGtidSet(`${uuids[0]}:1-150000`), parseGtidSet(many(1))]
    expect(formatGtidSet(subtractGtidSets(whole, holes))).toBe(canonical(row?.rest))
    expect(containsGtidSet(parseGtidSet(`${uuids[0]}:2-149999`), parseGtidSet(many(2)))).toBe(row?.within === '1')
  })
})
