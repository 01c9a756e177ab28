import { describe, expect, it } from 'vitest'
import { pairColumns } from '../../src/main/drift/canonical'
import { nextWidth } from '../../src/main/drift/edges'
import { type Caught, judgeFollowing, type SideFacts } from '../../src/main/drift/follow'
import { differingGroups } from '../../src/main/drift/key-groups'
import { keyOf, keysCondition, rangeCondition } from '../../src/main/drift/key-range'
import { outstanding } from '../../src/main/drift/outstanding'
import { recheck } from '../../src/main/drift/recheck'
import { mostBytesOf } from '../../src/main/drift/row-bytes'
import { rangeSum, sameSums } from '../../src/main/drift/row-hash'
import type { TableFacts } from '../../src/main/drift/schema-facts'
import { chooseKey, type TableKey } from '../../src/main/drift/table-key'
import { planTable, type Side } from '../../src/main/drift/table-plan'
import { linkStatusOf } from '../../src/main/mysql/replica-status'
import { columnOf, indexOf, tableOf } from './drift-facts'

const keyFor = (table: TableFacts): TableKey => {
  const choice = chooseKey(table, table)
  if (choice.kind === 'none') throw new Error(choice.why)
  return choice.key
}

describe('a key', () => {
  const composite = keyFor(
    tableOf(
      [columnOf('a', 'int'), columnOf('b', 'varchar(10)'), columnOf('c', 'date')],
      [indexOf('PRIMARY', 'a', 'b', 'c')]
    )
  )

  it('of several columns becomes ranges that the index can read', () => {
    const from = keyOf(composite, ['1', '78', '2024-01-01'])
    expect(rangeCondition(composite, { after: from, upTo: null })).toBe(
      "(`a` >= 1 AND (`a` > 1 OR (`a` = 1 AND `b` >= _utf8mb4 X'78' AND (`b` > _utf8mb4 X'78' OR (`b` = _utf8mb4 X'78' AND `c` > '2024-01-01')))))"
    )
    expect(rangeCondition(composite, { after: null, upTo: null })).toBe('1')
    expect(keysCondition(composite, [from])).toBe("(`a` = 1 AND `b` = _utf8mb4 X'78' AND `c` = '2024-01-01')")
  })

  it('never takes a value that is not of its form into a statement', () => {
    expect(() => keyOf(composite, ['1 OR 1=1', '78', '2024-01-01'])).toThrow('unexpected form')
    expect(() => keyOf(composite, ['1', "78' OR '1", '2024-01-01'])).toThrow('unexpected form')
    expect(() => keyOf(composite, ['1', '78', "2024-01-01' OR '1"])).toThrow('unexpected form')
    expect(() => keyOf(composite, ['1', '78', null])).toThrow('holds NULL')
  })

  it('is the primary key when there is one, else a unique one without NULLs', () => {
    const columns = [columnOf('id', 'int'), columnOf('code', 'char(8)'), columnOf('loose', 'int', { nullable: true })]
    expect(keyFor(tableOf(columns, [indexOf('code', 'code'), indexOf('PRIMARY', 'id')])).index.old).toBe('PRIMARY')
    expect(keyFor(tableOf(columns, [indexOf('loose', 'loose'), indexOf('code', 'code')])).index.old).toBe('code')
  })

  it.each([
    ['no key', tableOf([columnOf('a', 'int')], []), 'neither a primary key nor a unique key'],
    ['NULLs', tableOf([columnOf('a', 'int', { nullable: true })], [indexOf('a', 'a')]), 'can hold NULL'],
    ['floating point', tableOf([columnOf('a', 'double')], [indexOf('PRIMARY', 'a')]), 'floating-point']
  ])('cannot be made of %s', (_what, table, why) => {
    expect(chooseKey(table, table)).toMatchObject({ kind: 'none', why: expect.stringContaining(why) })
  })

  it('is refused when the two sides would order it differently', () => {
    const old = tableOf([columnOf('a', 'varchar(9)')], [indexOf('PRIMARY', 'a')])
    const fresh = tableOf([columnOf('a', 'varchar(9)', { collation: 'utf8mb4_bin' })], [indexOf('PRIMARY', 'a')])
    expect(chooseKey(old, fresh)).toMatchObject({ kind: 'none', why: expect.stringContaining('utf8mb4_bin') })
    const renamed = tableOf(
      [columnOf('a', 'varchar(9)', { charset: 'utf8mb3', collation: 'utf8mb3_bin' })],
      [indexOf('PRIMARY', 'a')]
    )
    const before = tableOf(
      [columnOf('a', 'varchar(9)', { charset: 'utf8', collation: 'utf8_bin' })],
      [indexOf('PRIMARY', 'a')]
    )
    expect(chooseKey(before, renamed).kind).toBe('key')
  })
})

describe('values are brought to one form', () => {
  it('and columns whose forms do not meet are said not to be compared', () => {
    expect(pairColumns(columnOf('a', 'json'), columnOf('a', 'longtext')).kind).toBe('incomparable')
    expect(pairColumns(columnOf('a', 'someday'), columnOf('a', 'someday')).kind).toBe('incomparable')
    const plan = planTable(
      tableOf([columnOf('id', 'int'), columnOf('a', 'json')], [indexOf('PRIMARY', 'id')]),
      tableOf([columnOf('id', 'int'), columnOf('a', 'longtext')], [indexOf('PRIMARY', 'id')])
    )
    expect(plan).toMatchObject({
      kind: 'plan',
      plan: { columns: ['id'], reservations: [expect.stringContaining('json')] }
    })
  })

  it('by bytes under one character set, by text under two', () => {
    const same = pairColumns(columnOf('a', 'varchar(9)'), columnOf('a', 'varchar(9)'))
    const other = pairColumns(columnOf('a', 'varchar(9)', { charset: 'latin1' }), columnOf('a', 'varchar(9)'))
    expect(same).toMatchObject({ old: { canonical: 'CAST(`a` AS BINARY)' } })
    expect(other).toMatchObject({ old: { canonical: 'CAST(CONVERT(`a` USING utf8mb4) AS BINARY)' } })
  })

  it('and one sum carries how many rows were hashed', () => {
    const step = 10n ** 30n
    expect(rangeSum('3', String(3n * step + 18446744073709551615n))).toEqual({
      rows: 3,
      hashed: 3,
      sum: '18446744073709551615'
    })
    const short = rangeSum('3', String(2n * step + 5n))
    expect(sameSums(short, short)).toBe(false)
    expect(sameSums(rangeSum('0', null), rangeSum('0', null))).toBe(true)
    expect(rangeSum('2', `${2n * step + 7n}.000`)).toEqual({ rows: 2, hashed: 2, sum: '7' })
    expect(rangeSum('2', '7', 'plain')).toEqual({ rows: 2, hashed: 2, sum: '7' })
  })
})

describe('the hash of a row', () => {
  const hashOf = (...columns: Parameters<typeof columnOf>[]): string => {
    const table = tableOf(
      columns.map((column) => columnOf(...column)),
      [indexOf('PRIMARY', 'id')]
    )
    const planned = planTable(table, table)
    if (planned.kind !== 'plan') throw new Error('no plan')
    return planned.plan.old.hash
  }

  it('joins the key and half of the columns twice, each half with its own mark', () => {
    expect(hashOf(['id', 'int'], ['a', 'int'], ['b', 'date', { nullable: true }])).toBe(
      "(CRC32(CONCAT_WS(_binary',' COLLATE `binary`,`id`,`a`))*CRC32(CONCAT_WS(_binary';' COLLATE `binary`,`id`,IFNULL(`b`,'N'))))"
    )
  })

  it('says where a text ends, but for the last one of a half', () => {
    expect(
      hashOf(['id', 'int'], ['a', 'text'], ['b', 'text', { nullable: true }], ['c', 'text', { nullable: true }])
    ).toBe(
      "(CRC32(CONCAT_WS(_binary',' COLLATE `binary`,`id`,OCTET_LENGTH(`a`),`a`,`c`))*CRC32(CONCAT_WS(_binary';' COLLATE `binary`,`id`,`b`)))"
    )
  })

  it('becomes NULL with a value the server cannot make, not a text without it', () => {
    expect(hashOf(['id', 'int'], ['a', 'json', { nullable: true }])).toContain(
      "CONCAT(CONCAT_WS(_binary',' COLLATE `binary`,'',`id`),',',IF(`a` IS NULL,'N',CONCAT(OCTET_LENGTH("
    )
  })

  it('is at its longest known from the types, or not at all', () => {
    const wide = mostBytesOf([columnOf('a', 'varchar(200)'), columnOf('b', 'text'), columnOf('c', 'bigint')])
    expect(wide).toBeGreaterThanOrEqual(4 * 200 + 4 * 65_535 + 20)
    for (const type of ['longtext', 'mediumblob', 'json', 'geometry'])
      expect(mostBytesOf([columnOf('a', type)])).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('groups of keys', () => {
  const counted = (group: number, rows: bigint, hashed: bigint): string =>
    `${group}:${rows}:${hashed * 10n ** 30n + 5n}`

  it('differ by what is told of them, in whatever order', () => {
    expect(differingGroups(['1:2:77', '2:1:5'], ['2:1:5', '1:2:77'], 'plain')).toEqual([])
    expect(differingGroups(['1:2:77', '2:1:5'], ['1:2:78', '2:1:5'], 'plain')).toEqual([1])
    expect(differingGroups(['1:2:77', '-2:1:5'], ['1:2:77'], 'plain')).toEqual([-2])
    expect(differingGroups([], ['3:1:9'], 'plain')).toEqual([3])
  })

  it('differ when a row of them could not be hashed', () => {
    expect(differingGroups([counted(1, 3n, 3n)], [counted(1, 3n, 3n)], 'counted')).toEqual([])
    expect(differingGroups([counted(1, 3n, 2n)], [counted(1, 3n, 2n)], 'counted')).toEqual([1])
    expect(differingGroups(['1:1:'], ['1:1:'], 'counted')).toEqual([1])
  })
})

describe('the width of ranges', () => {
  it.each([
    [1000n, [1000, 1000], 1000n],
    [1000n, [0, 0], 8000n],
    [1000n, [1, 0], 8000n],
    [8000n, [8000, 8000], 1000n],
    [1n, [5000], 1n]
  ])('%s keys that held %j rows become %s', (width, rows, next) => {
    expect(nextWidth(width, rows, 1000)).toBe(next)
  })
})

describe('a recheck', () => {
  interface Looks {
    active: string[]
    passive: string[]
    waits?: Caught[]
  }
  const play = async ({ active, passive, waits = [] }: Looks, needed = 2) => {
    const at = { old: 0, new: 0, wait: 0 }
    const results = await recheck(['row'], {
      active: 'old',
      wait: async () => waits[Math.min(at.wait++, waits.length - 1)] ?? { kind: 'caught' },
      signal: new AbortController().signal,
      id: (id) => id,
      same: (a, b) => a === b,
      tries: 4,
      needed,
      read: async (side: Side, ids) => {
        const list = side === 'old' ? active : passive
        const value = list[Math.min(at[side]++, list.length - 1)] ?? ''
        return new Map(ids.map((id) => [id, value]))
      }
    })
    return results.get('row')
  }

  it('says same when the passive side has what the active side had or has', async () => {
    expect(await play({ active: ['a', 'b'], passive: ['a'] })).toEqual({ kind: 'same' })
    expect(await play({ active: ['a', 'b'], passive: ['b'] })).toEqual({ kind: 'same' })
  })

  it('says different only after the active side stood still twice', async () => {
    expect(await play({ active: ['a'], passive: ['x'] })).toEqual({ kind: 'differs', active: 'a', passive: 'x' })
    expect(await play({ active: ['a'], passive: ['x', 'a'] })).toEqual({ kind: 'same' })
  })

  it('calls a row that changes at every look inconclusive', async () => {
    const active = Array.from({ length: 20 }, (_, index) => `v${index}`)
    expect(await play({ active, passive: ['x'] })).toMatchObject({ kind: 'inconclusive' })
  })

  it('never says different when the position was not reached', async () => {
    const not: Caught = { kind: 'not', why: 'new-db did not reach 0-1-5 within 10 s' }
    expect(await play({ active: ['a'], passive: ['x'], waits: [not] })).toEqual({ kind: 'inconclusive', why: not.why })
    expect(await play({ active: ['a'], passive: ['x', 'a'], waits: [not] })).toEqual({ kind: 'same' })
  })
})

describe('who follows whom', () => {
  const linkTo = (serverId: number, running = true) =>
    linkStatusOf({
      Master_Server_Id: String(serverId),
      Slave_IO_Running: running ? 'Yes' : 'No',
      Slave_SQL_Running: 'Yes',
      Last_IO_Errno: running ? '0' : '1236',
      Last_IO_Error: running ? '' : 'gone'
    })
  const side = (server: string, serverId: number, more: Partial<SideFacts> = {}): SideFacts => ({
    server,
    readOnly: false,
    links: { links: [] },
    uuid: null,
    serverId,
    gtid: true,
    ...more
  })
  const old = side('old-db', 1)
  const fresh = side('new-db', 2, { readOnly: true })

  it('is read from roles and links', () => {
    expect(judgeFollowing(old, { ...fresh, links: { links: [linkTo(1)] } })).toEqual({ kind: 'follows', active: 'old' })
    expect(
      judgeFollowing({ ...old, readOnly: true, links: { links: [linkTo(2)] } }, { ...fresh, readOnly: false })
    ).toEqual({ kind: 'follows', active: 'new' })
    expect(judgeFollowing({ ...old, links: { links: [linkTo(2)] } }, { ...fresh, readOnly: false })).toEqual({
      kind: 'follows',
      active: 'new'
    })
    expect(judgeFollowing(old, fresh)).toEqual({ kind: 'apart', active: 'old' })
  })

  it('is unknown when a link does not run, cannot be asked, or leads elsewhere without GTIDs', () => {
    expect(judgeFollowing(old, { ...fresh, links: { links: [linkTo(1, false)] } })).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('gone')
    })
    expect(judgeFollowing(old, { ...fresh, links: { untold: 'Access denied' } })).toMatchObject({ kind: 'unknown' })
    expect(judgeFollowing(old, { ...fresh, gtid: false, links: { links: [linkTo(9)] } })).toMatchObject({
      kind: 'unknown'
    })
    expect(judgeFollowing(old, { ...fresh, links: { links: [linkTo(9)] } })).toMatchObject({ kind: 'follows' })
  })

  it.each([
    ['0-1-5', ['0-1-5'], ''],
    ['0-1-6', ['0-1-5'], '0-1-6'],
    ['1-1-9,2-2-50', ['1-1-3', ''], '1-1-9'],
    ['1-1-9,2-2-50', ['1-1-3', '1-1-10'], ''],
    ['', [], '']
  ])('of %j a replica that holds %j still lacks %j', (wanted, held, missing) => {
    expect(outstanding(wanted, held, 2)).toBe(missing)
  })
})
