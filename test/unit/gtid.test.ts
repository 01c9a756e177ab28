import { describe, expect, it } from 'vitest'
import {
  containsGtidSet,
  countGtids,
  formatGtidSet,
  formatMariadbGtids,
  type GtidSet,
  gtidsOf,
  missingMariadbGtids,
  parseGtidSet,
  parseMariadbGtids,
  positionDistance,
  positionReached,
  subtractGtidSets,
  unionGtidSets,
  unionMariadbGtids
} from '../../src/shared/gtid'

const a = 'aaaaaaaa-1111-2222-3333-444444444444'
const b = 'bbbbbbbb-1111-2222-3333-444444444444'
const canonical = (text: string) => formatGtidSet(parseGtidSet(text))

describe('GTID sets of MySQL', () => {
  it('are read with line breaks, blanks, upper case, overlaps and touching intervals', () => {
    expect(canonical(`${b}:1,\n ${a.toUpperCase()} : 5-9 : 1-3 : 4`)).toBe(`${a}:1-9,${b}:1`)
    expect(canonical(`${a}:1-3:2-8:20`)).toBe(`${a}:1-8:20`)
    expect(canonical('')).toBe('')
    expect(canonical('\n')).toBe('')
    expect(canonical(`${a}:7-5`)).toBe('')
  })
  it('keep tags apart', () => {
    expect(canonical(`${a}:1-3:backup:1-4:6:Zeta:2`)).toBe(`${a}:1-3,${a}:backup:1-4:6,${a}:zeta:2`)
    expect(containsGtidSet(parseGtidSet(`${a}:1-9`), parseGtidSet(`${a}:backup:1`))).toBe(false)
  })
  it('are refused when they are not sets', () => {
    for (const text of ['x:1', `${a}`, `${a}:0`, `${a}:-1`, `${a}:1-2-3`, `${a}:1;DROP`, `${a}:9223372036854775808`])
      expect(() => parseGtidSet(text), text).toThrow(/GTID set/)
  })
  it('are subtracted across holes', () => {
    const minus = (x: string, y: string) => formatGtidSet(subtractGtidSets(parseGtidSet(x), parseGtidSet(y)))
    expect(minus(`${a}:1-10`, `${a}:3-4:6`)).toBe(`${a}:1-2:5:7-10`)
    expect(minus(`${a}:1-5:8-12`, `${a}:4-9:12`)).toBe(`${a}:1-3:10-11`)
    expect(minus(`${a}:1-5,${b}:1`, `${a}:1-100`)).toBe(`${b}:1`)
    expect(minus(`${a}:5`, '')).toBe(`${a}:5`)
    expect(minus('', `${a}:5`)).toBe('')
    expect(minus(`${a}:1-2:4-5:7-8`, `${a}:1-8`)).toBe('')
  })
  it('contain and count beyond 2^53', () => {
    const whole = parseGtidSet(`${a}:1-9007199254740995`)
    expect(containsGtidSet(whole, parseGtidSet(`${a}:9007199254740994`))).toBe(true)
    expect(containsGtidSet(whole, parseGtidSet(`${a}:9007199254740996`))).toBe(false)
    expect(countGtids(whole)).toBe(9007199254740995n)
  })
  it('are united and narrowed to one writer', () => {
    const both = unionGtidSets(parseGtidSet(`${a}:1-3`), parseGtidSet(`${a}:4:tag:1,${b}:1`))
    expect(formatGtidSet(both)).toBe(`${a}:1-4,${a}:tag:1,${b}:1`)
    expect(formatGtidSet(gtidsOf(both, a.toUpperCase()))).toBe(`${a}:1-4,${a}:tag:1`)
  })
  it('of fifty thousand intervals, and of a hundred thousand, are read and compared', () => {
    for (const intervals of [50_000, 100_000]) {
      const set = parseGtidSet(holed(intervals))
      expect(countGtids(subtractGtidSets(parseGtidSet(`${a}:1-${intervals * 3}`), set))).toBe(BigInt(intervals * 2))
      expect(containsGtidSet(set, set)).toBe(true)
      expect(formatGtidSet(set)).toBe(holed(intervals))
    }
  }, 60_000)
  it('cost no more than in proportion to their size, but for sorting', () => {
    const ways = {
      union: (x: GtidSet, y: GtidSet) => unionGtidSets(x, y),
      subtract: (x: GtidSet, y: GtidSet) => subtractGtidSets(x, y),
      contains: (x: GtidSet, y: GtidSet) => containsGtidSet(x, y),
      count: (x: GtidSet) => countGtids(x)
    }
    for (const [name, way] of Object.entries(ways)) {
      const [small, large] = [lookedAt(way, 2000), lookedAt(way, 4000)]
      expect(large / small, name).toBeGreaterThan(1.5)
      expect(large / small, name).toBeLessThan(2.5)
    }
  })
})

/** `uuid:1:4:7…`: no two intervals touch. */
const holed = (intervals: number, first = 1): string =>
  `${a}:${Array.from({ length: intervals }, (_, index) => index * 3 + first).join(':')}`

/** How often the bounds of an interval are looked at when two sets of so many are worked on: time says little on a busy computer. */
const lookedAt = (way: (x: GtidSet, y: GtidSet) => unknown, intervals: number): number => {
  let looks = 0
  const watched = (set: GtidSet): GtidSet =>
    new Map(
      [...set].map(([key, list]) => [
        key,
        list.map(
          (interval) =>
            new Proxy(interval, {
              get: (target, name, receiver) => {
                if (name === '0' || name === '1') looks++
                return Reflect.get(target, name, receiver)
              }
            })
        )
      ])
    )
  way(watched(parseGtidSet(holed(intervals))), watched(parseGtidSet(holed(intervals, 2))))
  return looks
}

describe('GTIDs of MariaDB', () => {
  it('are compared domain by domain, whichever server wrote last', () => {
    const have = parseMariadbGtids('0-1-100,\n1-2-7')
    expect(missingMariadbGtids(have, parseMariadbGtids('0-9-100'))).toEqual([])
    expect(formatMariadbGtids(missingMariadbGtids(have, parseMariadbGtids('0-1-101,1-2-7,5-1-1')))).toBe(
      '0-1-101,5-1-1'
    )
  })
  it('of a binlog state count by the highest sequence of each domain', () => {
    expect(formatMariadbGtids(unionMariadbGtids(parseMariadbGtids('0-1-5,0-2-9'), parseMariadbGtids('0-3-7')))).toBe(
      '0-2-9'
    )
  })
  it('of many domains and servers are united, missed and counted by domain, up to the largest numbers', () => {
    const big = '4294967295-4294967295-18446744073709551615'
    const have = parseMariadbGtids('0-1-5,0-2-9,7-3-1')
    expect(formatMariadbGtids(unionMariadbGtids(have, parseMariadbGtids(big)))).toBe(`0-2-9,7-3-1,${big}`)
    expect(formatMariadbGtids(missingMariadbGtids(have, parseMariadbGtids(`0-9-9,7-3-2,${big}`)))).toBe(`7-3-2,${big}`)
    expect(positionDistance('mariadb', '0-1-5,7-3-1', '0-2-9,7-3-1,8-1-10')).toBe(14n)
    expect(positionReached('mariadb', '0-2-9,0-1-3', '0-1-9')).toBe(true)
  })
  it('are refused when they are not GTIDs', () => {
    for (const text of ['0-1', '0-1-x', 'a:1', '0-1-2-3']) expect(() => parseMariadbGtids(text), text).toThrow(/GTID/)
  })
})

describe('positions of either flavour', () => {
  it('are reached or not', () => {
    expect(positionReached('mysql', `${a}:1-9`, `${a}:1-9`)).toBe(true)
    expect(positionReached('mysql', `${a}:1-8`, `${a}:1-9`)).toBe(false)
    expect(positionReached('mariadb', '0-1-9,1-1-1', '0-1-9')).toBe(true)
    expect(positionReached('mariadb', '', '0-1-9')).toBe(false)
  })
  it('tell how far', () => {
    expect(positionDistance('mysql', `${a}:1-8`, `${a}:1-10,${b}:1`)).toBe(3n)
    expect(positionDistance('mariadb', '0-1-8', '0-1-10,1-1-1')).toBe(3n)
  })
})
