import { describe, expect, it } from 'vitest'
import { dnsState } from '../../src/renderer/stations/cutover/dns-state'
import { stragglersOf, withSeenBefore } from '../../src/renderer/stations/cutover/stragglers'
import { moveSchema } from '../../src/shared/move'
import type { Run, StepState } from '../../src/shared/runbook'
import type { DomainState, Topology } from '../../src/shared/topology'

const move = moveSchema.parse({
  format: 'siteswap.move',
  version: 2,
  id: 'm',
  name: 'm',
  createdAt: 0,
  old: {
    name: 'Old',
    servers: [
      { id: 'odb', name: 'odb', kind: 'database', database: { host: '127.0.0.1', user: 'admin' } },
      { id: 'web1', name: 'web1', kind: 'web', addresses: ['10.1.0.3'] }
    ]
  },
  new: { name: 'New', servers: [] },
  domains: [{ name: 'shop.test', oldValues: ['192.0.2.1'], newValues: ['192.0.2.9'], ttlSeconds: 60 }]
})
const [domain] = move.domains
if (!domain) throw new Error('domain')
type Answer = DomainState['answers'][number]

const answer = (resolver: string, values: string[], more: Partial<Answer> = {}): Answer => ({
  resolver,
  authoritative: false,
  values,
  ttlSeconds: 60,
  at: 1000,
  ...more
})
const there = answer('ns1', ['192.0.2.9'])
const behind = answer('office', ['192.0.2.1'], { at: 900 })
const silent = answer('cafe', ['192.0.2.9'], { failure: { kind: 'timeout', what: 'silent', try: [] } })
const runWith = (change: StepState, watch: StepState): Run =>
  ({
    facts: { dnsChangedAt0: '50000' },
    steps: [
      { id: 'dns', state: change },
      { id: 'dns-watch', state: watch }
    ]
  }) as unknown as Run
const stateOf = (answers: Answer[], now: number, change: StepState = 'done', watch: StepState = 'running') =>
  dnsState(domain, 0, domain.newValues, runWith(change, watch), answers, now)

describe('the change of a domain', () => {
  it('is never everywhere while one name server answers something else, whatever the run has seen before', () => {
    expect(stateOf([there, behind], 999_000, 'done', 'done')).toMatchObject({
      words: '1 of 2 answer the new address',
      status: 'running',
      at: 900
    })
    expect(stateOf([there, silent], 999_000, 'done', 'done').status).toBe('running')
  })
  it('waits for the old TTL, counted from the change', () => {
    expect(stateOf([there], 80_000)).toMatchObject({ words: 'everywhere asked; old TTL: 30 s left', status: 'running' })
    expect(stateOf([there], 110_000)).toMatchObject({ words: 'everywhere asked, old TTL passed', status: 'ok' })
  })
  it('says what is to happen while nobody answers the new address', () => {
    expect(stateOf([behind], 1, 'waiting', 'todo').words).toBe('waits for you')
    expect(stateOf([behind], 1, 'todo', 'todo').words).toBe('not changed yet')
    expect(stateOf([], 1)).toMatchObject({ words: 'not asked yet', status: 'unknown', at: null })
  })
})

describe('stragglers in the window', () => {
  const topology = (at: number, byAccount: { user: string; host: string; count: number }[]): Topology =>
    ({ nodes: [{ server: 'odb', survey: { at, connections: { byAccount } } }] }) as unknown as Topology
  const end = { side: 'old' as const, site: 'Old', server: move.old.servers[0] ?? null }
  const seen = (at: number, ...accounts: { user: string; host: string; count: number }[]) => {
    const found = stragglersOf(move, topology(at, accounts), end)
    if (!found) throw new Error('not asked')
    return found
  }
  const shop = { user: 'shop', host: '10.1.0.3', count: 2 }

  it('are accounts that somebody could be told about', () => {
    const found = seen(
      1,
      shop,
      { user: 'unauthenticated user', host: 'localhost', count: 1 },
      { user: 'siteswap_repl', host: '10.2.0.2', count: 1 },
      { user: 'admin', host: 'localhost', count: 3 }
    )
    expect(found).toEqual({
      rows: [{ user: 'shop', address: '10.1.0.3', host: 'web1', count: 2, seenAt: 1 }],
      total: 2,
      at: 1
    })
  })
  it('stay in the list with the time they were last seen when they have left', () => {
    const before = seen(1, shop, { user: 'report', host: '10.9.9.9', count: 1 }).rows
    const now = withSeenBefore(seen(5, shop), before)
    expect([now.total, now.rows.map((row) => [row.user, row.count, row.seenAt])]).toEqual([
      2,
      [
        ['shop', 2, 5],
        ['report', 0, 1]
      ]
    ])
    expect(withSeenBefore(seen(9), now.rows).rows.map((row) => row.seenAt)).toEqual([5, 1])
  })
})
