import { describe, expect, it } from 'vitest'
import { canonicalGrants, compareAccounts } from '../../src/main/drift/accounts'
import { comparableType, compareSchema, pairTables } from '../../src/main/drift/compare-schema'
import { jobsOf } from '../../src/main/drift/jobs'
import { makePace } from '../../src/main/drift/pace'
import type { ObjectFacts, SchemaFacts, TableFacts } from '../../src/main/drift/schema-facts'
import { columnOf, indexOf, tableOf } from './drift-facts'

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
