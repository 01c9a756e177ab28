import { describe, expect, it } from 'vitest'
import { canonicalGrants, compareAccounts } from '../../src/main/drift/accounts'
import { pairColumns } from '../../src/main/drift/canonical'
import { comparableType, compareSchema, pairTables } from '../../src/main/drift/compare-schema'
import { nextWidth } from '../../src/main/drift/edges'
import { type Caught, judgeFollowing, type SideFacts } from '../../src/main/drift/follow'
import { jobsOf } from '../../src/main/drift/jobs'
import { keyOf, keysCondition, rangeCondition } from '../../src/main/drift/key-range'
import { outstanding } from '../../src/main/drift/outstanding'
import { makePace } from '../../src/main/drift/pace'
import { recheck } from '../../src/main/drift/recheck'
import { rangeSum, sameSums } from '../../src/main/drift/row-hash'
import type { ColumnFacts, IndexFacts, ObjectFacts, SchemaFacts, TableFacts } from '../../src/main/drift/schema-facts'
import { chooseKey, type TableKey } from '../../src/main/drift/table-key'
import { planTable, type Side } from '../../src/main/drift/table-plan'
import { linkStatusOf } from '../../src/main/mysql/replica-status'

const columnOf = (name: string, columnType: string, more: Partial<ColumnFacts> = {}): ColumnFacts => ({
  name,
  position: 1,
  dataType: columnType.replace(/[( ].*$/, ''),
  columnType,
  nullable: false,
  default: null,
  extra: '',
  charset: /char|text|enum|set/.test(columnType) ? 'utf8mb4' : null,
  collation: /char|text|enum|set/.test(columnType) ? 'utf8mb4_unicode_ci' : null,
  generation: '',
  comment: '',
  numericScale: null,
  fractionDigits: null,
  ...more
})
const indexOf = (name: string, ...columns: string[]): IndexFacts => ({
  name,
  unique: true,
  type: 'BTREE',
  usable: true,
  parts: columns.map((column) => ({ column, prefix: null, descending: false }))
})
const tableOf = (columns: ColumnFacts[], indexes: IndexFacts[], more: Partial<TableFacts> = {}): TableFacts => ({
  schema: 'shop',
  name: 'orders',
  type: 'BASE TABLE',
  engine: 'InnoDB',
  collation: 'utf8mb4_unicode_ci',
  partitioned: false,
  comment: '',
  rows: 10,
  bytes: 1000,
  updated: null,
  columns,
  indexes,
  ...more
})
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
    expect(nextWidth(width, rows)).toBe(next)
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

describe('schema', () => {
  const facts = (tables: TableFacts[], objects: ObjectFacts[] = [], foldsNames = false): SchemaFacts => ({
    schemas: ['shop'],
    tables,
    objects,
    foldsNames
  })
  const base = tableOf([columnOf('id', 'int(11)'), columnOf('a', 'int')], [indexOf('PRIMARY', 'id')])
  const event = (status: string): ObjectFacts => ({ kind: 'event', schema: 'shop', name: 'tidy', fields: { status } })

  it('is the same where two versions only write it differently', () => {
    const fresh = tableOf([columnOf('id', 'int'), columnOf('a', 'int')], [indexOf('PRIMARY', 'id')])
    expect(compareSchema(facts([base]), facts([fresh]), 'old')).toEqual([])
    expect(comparableType('tinyint(1)')).toBe('tinyint(1)')
    expect(comparableType('bigint(20) unsigned')).toBe('bigint unsigned')
  })

  it('tells columns in another order, because row events go by position', () => {
    const fresh = { ...base, columns: [...base.columns].reverse() }
    expect(compareSchema(facts([base]), facts([fresh]), 'old')).toEqual([
      { kind: 'table', name: 'shop.orders', what: 'column order', old: 'id, a', new: 'a, id' }
    ])
  })

  it('pairs names without case only where a server folds them', () => {
    const fresh = { ...base, name: 'Orders' }
    expect(pairTables(facts([base]), facts([fresh]))).toHaveLength(2)
    expect(pairTables(facts([base]), facts([fresh], [], true))).toHaveLength(1)
  })

  it.each([
    ['ENABLED', 'SLAVESIDE_DISABLED', 'old', []],
    ['ENABLED', 'REPLICA_SIDE_DISABLED', 'old', []],
    ['SLAVESIDE_DISABLED', 'ENABLED', 'new', []],
    ['SLAVESIDE_DISABLED', 'REPLICA_SIDE_DISABLED', 'old', []],
    ['SLAVESIDE_DISABLED', 'ENABLED', 'old', ['status']],
    ['ENABLED', 'DISABLED', 'old', ['status']],
    ['ENABLED', 'ENABLED', 'old', ['runs on both sides']]
  ] as const)('an event that is %s against %s with the %s side active', (old, fresh, active, expected) => {
    const differences = compareSchema(facts([], [event(old)]), facts([], [event(fresh)]), active)
    expect(differences.map((one) => one.what)).toEqual(expected)
  })
})

describe('accounts', () => {
  it('have the same grants in whatever order and quoting a server writes them', () => {
    const a = canonicalGrants([
      "GRANT USAGE ON *.* TO 'app'@'%' IDENTIFIED BY PASSWORD '*123' REQUIRE SSL",
      'GRANT UPDATE (b, a), SELECT ON `shop`.* TO `app`@`%`'
    ])
    const b = canonicalGrants([
      'GRANT SELECT, UPDATE (a, b) ON `shop`.* TO `app`@`%`',
      'GRANT USAGE ON *.* TO `app`@`%` REQUIRE SSL'
    ])
    expect(a).toEqual(b)
  })

  it('tell that a password differs, never its hash', () => {
    const account = (proof: string) => ({
      kind: 'read' as const,
      accounts: [{ name: 'app@%', plugin: 'p', proof, grants: [] }]
    })
    expect(compareAccounts(account('*AAA'), account('*BBB'))).toEqual([
      { kind: 'account', name: 'app@%', what: 'password hash differs', old: 'set', new: 'set' }
    ])
  })

  it('that cannot be read are said not to be compared', () => {
    const [difference] = compareAccounts({ kind: 'untold', why: 'denied' }, { kind: 'read', accounts: [] })
    expect(difference).toMatchObject({ what: 'could not be compared', old: 'denied' })
  })
})

describe('the order of work', () => {
  const tables = ['small', 'large', 'written', 'differed'].map((name) =>
    tableOf([columnOf('id', 'int')], [indexOf('PRIMARY', 'id')], {
      name,
      bytes: name === 'large' ? 9e9 : 5,
      updated: name === 'written' ? '2026-01-01' : null
    })
  )
  const previous = {
    kind: 'done' as const,
    id: 'x',
    since: 1,
    at: 2,
    progress: makePace().progress([]),
    objects: [],
    tables: [
      {
        schema: 'shop',
        table: 'differed',
        estimatedRows: 1,
        bytes: 1,
        verdict: {
          kind: 'differs' as const,
          at: 2,
          position: 'p',
          rows: 1,
          kinds: { changed: 1, missing: 0, extra: 0 }
        }
      }
    ]
  }

  it('is: what differed the last time, what was written lately, then the largest', () => {
    const jobs = jobsOf(
      tables.map((table) => ({ old: table, new: table })),
      previous
    )
    expect(jobs.map((job) => job.drift.table)).toEqual(['differed', 'written', 'large', 'small'])
    expect(jobs[0]?.drift.previous).toMatchObject({ kind: 'differs' })
  })

  it('has a rate and a time left once it has begun', () => {
    let now = 0
    const pace = makePace(() => now)
    const jobs = jobsOf([{ old: { ...(tables[0] as TableFacts), rows: 1000 }, new: tables[0] as TableFacts }], {
      kind: 'never'
    })
    expect(pace.progress(jobs)).toMatchObject({ doneRows: 0, totalRows: 1000, rowsPerSecond: 0, etaSeconds: null })
    now = 1000
    for (const job of jobs) job.drift.verdict = { kind: 'comparing', doneRows: 250 }
    expect(pace.progress(jobs)).toEqual({
      doneTables: 0,
      totalTables: 1,
      doneRows: 250,
      totalRows: 1000,
      rowsPerSecond: 250,
      etaSeconds: 3
    })
  })
})
