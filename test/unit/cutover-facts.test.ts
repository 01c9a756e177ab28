import { describe, expect, it } from 'vitest'
import { type GateFacts, gatesOf } from '../../src/main/runbooks/cutover/gates'
import { guardedCheck, guardedDifferences, guardedTables } from '../../src/main/runbooks/cutover/guarded'
import { errantOn, hasToken, mariadbToken, positionToReach } from '../../src/main/runbooks/cutover/positions'
import { sameServer } from '../../src/main/runbooks/cutover/words'
import type { DriftState, TableDrift } from '../../src/shared/drift'
import { thresholdsSchema } from '../../src/shared/move'
import { linkStatus } from '../scenarios/link-status'

const uuid = (n: number) => `00000000-0000-0000-0000-00000000000${n}`

describe('positions', () => {
  it('of a MariaDB token lie ahead of everything in its domain', () => {
    expect(
      mariadbToken({
        domain: '1',
        server: '11',
        binlog_state: '1-11-500,2-12-9000000,1-12-700',
        replica_pos: '1-12-710'
      })
    ).toBe('1-11-1000710')
  })
  it('to be reached leave out what the new server wrote itself', () => {
    expect(positionToReach('mariadb', '1-11-500,2-12-300', 12)).toBe('1-11-500')
    expect(positionToReach('mysql', `${uuid(1)}:1-5,\n${uuid(2)}:1`, 12)).toBe(`${uuid(1)}:1-5,${uuid(2)}:1`)
  })
  it('tell errant transactions of the passive server', () => {
    const row = (executed: string) => ({ executed })
    expect(errantOn('mysql', row(`${uuid(1)}:1-5`), row(`${uuid(1)}:1-5`))).toBe('')
    expect(errantOn('mysql', row(`${uuid(1)}:1-5,${uuid(2)}:1`), row(`${uuid(1)}:1-5`))).toBe(uuid(2))
    const maria = (binlog_state: string, replica_pos = '') => ({ binlog_state, replica_pos })
    expect(errantOn('mariadb', maria('1-11-5,2-12-3'), maria('1-11-5,2-12-3'))).toBe('')
    expect(errantOn('mariadb', maria('1-11-5,2-12-4'), maria('1-11-5', '2-12-3'))).toBe('2-12-4')
  })
  it('tell whether the token has been written or applied', () => {
    expect(hasToken('mysql', { executed: `${uuid(1)}:1-5,${uuid(3)}:1` }, `${uuid(3)}:1`)).toBe(true)
    expect(hasToken('mysql', { executed: `${uuid(1)}:1-5` }, `${uuid(3)}:1`)).toBe(false)
    expect(hasToken('mariadb', { executed: '', replica_pos: '1-11-1000500' }, '1-11-1000500')).toBe(true)
    expect(hasToken('mariadb', { executed: '1-11-499', replica_pos: '' }, '1-11-1000500')).toBe(false)
  })
})

describe('the guard before a packet', () => {
  it('names the server by uuid, or by everything a MariaDB server has', () => {
    const identity = {
      flavour: 'mysql' as const,
      version: '',
      versionNumbers: [9, 7, 0] as [number, number, number],
      comment: '',
      uuid: 'u-1',
      serverId: 1,
      hostname: "h'",
      port: 3306,
      datadir: '/d/',
      key: 'u-1'
    }
    expect(sameServer(identity)).toContain("IF(@@server_uuid = 'u-1'")
    expect(sameServer({ ...identity, uuid: null })).toContain(
      "@@server_id = 1 AND @@hostname = 'h''' AND @@port = 3306 AND @@datadir = '/d/'"
    )
  })
})

describe('guarded tables', () => {
  const row = (s: string, t: string, c: string, kp: string | null, n = '10') => ({
    s,
    t,
    n,
    written: '0',
    c,
    k: '',
    p: '1',
    kp
  })
  it('have a key, are counted only when small, and leave out Siteswap’s own except the canary rows', () => {
    const tables = guardedTables([
      row('shop', 'orders', 'id', '1', '90000'),
      row('shop', 'orders', 'note', null, '90000'),
      row('shop', 'loose', 'x', null),
      row('siteswap', 'heartbeat', 'server_id', '1'),
      row('siteswap', 'canary', 'id', '1'),
      row('shop', 'stock', 'b', '2'),
      row('shop', 'stock', 'a', '1')
    ])
    expect(tables.map(({ schema, table, key, countAll }) => [`${schema}.${table}`, key, countAll])).toEqual([
      ['shop.orders', ['id'], false],
      ['siteswap.canary', ['id'], true],
      ['shop.stock', ['a', 'b'], true]
    ])
    expect(guardedCheck(tables)).toContain('ORDER BY `a` DESC, `b` DESC')
  })
  it('differ when count, key or checksum differ, or one is missing', () => {
    const answer = (t: string, sum: string) => ({ t, n: '1', top: 'x', sum })
    expect(
      guardedDifferences([answer('a', '1'), answer('b', '2'), answer('c', '3')], [answer('a', '1'), answer('b', '9')])
    ).toEqual(['b', 'c'])
  })
})

describe('gates', () => {
  const now = 1_000_000_000
  const link = linkStatus({ sourceHost: '', sourcePort: 0 })
  const green: GateFacts = {
    kind: 'cutover',
    names: { from: 'old-db', to: 'new-db' },
    across: null,
    now,
    thresholds: thresholdsSchema.parse({}),
    preflight: { kind: 'done', result: { at: now, tookMs: 1, checks: [], findings: [] } },
    drift: {
      kind: 'done',
      id: 'd',
      since: now,
      at: now - 60_000,
      progress: { doneTables: 0, totalTables: 0, doneRows: 0, totalRows: 0, rowsPerSecond: 0, etaSeconds: null },
      tables: [],
      objects: []
    },
    lagSeconds: { value: 0.1, at: now },
    links: [{ name: 'new-db', status: link, at: now }],
    longestStatementSeconds: { value: 0, at: now },
    longestTransactionSeconds: { value: 0, at: now },
    preparedXa: { value: 0, at: now },
    bypassing: { accounts: [], at: now },
    redirects: [{ name: 'web1', points: 'old', problem: null }],
    unredirected: [],
    unarmed: [],
    canary: { kind: 'accepted', host: 'web1', at: now },
    redirectsAt: now,
    domains: [],
    rehearsal: { pauseMs: 148, at: now },
    roles: { from: true, to: true, at: now }
  }
  const stateOf = (facts: GateFacts, id: string) => gatesOf(facts).find((gate) => gate.id === id)
  it('are all open when everything is as it should be', () => {
    expect(gatesOf(green).filter((gate) => gate.state === 'stop' || gate.state === 'unknown')).toEqual([])
    expect(gatesOf(green).filter((gate) => gate.state === 'ok' && gate.todo)).toEqual([])
    expect(stateOf(green, 'rehearsal')).toMatchObject({ state: 'ok', seen: '148 ms of 10 s' })
  })
  it('ask for a certificate, and say how old the comparison is by its oldest verdict', () => {
    const drift = green.drift
    if (drift.kind !== 'done') throw new Error('not compared')
    const same = (at: number): DriftState => ({
      ...drift,
      tables: [now - 60_000, at].map((at, index) => ({
        schema: 'shop',
        table: `t${index}`,
        estimatedRows: 1,
        bytes: 1,
        verdict: { kind: 'same', at, position: '', rechecked: 0 }
      }))
    })
    const gate = (state: DriftState) => stateOf({ ...green, drift: state }, 'drift')
    expect(gate(same(now - 12 * 60_000))).toMatchObject({
      state: 'warn',
      seen: '2 tables equal 12 min ago, not certified',
      at: now - 12 * 60_000,
      todo: expect.stringContaining('certify')
    })
    const long = gate(same(now - 61 * 60_000))
    expect(long).toMatchObject({ state: 'stop', todo: expect.stringContaining('raise the limit on Sites') })
    expect(long?.seen).toBe('2 tables equal 61 min ago, older than 60 min')
    const certificate = { position: 'bin.1:4', at: now, how: '' }
    expect(gate({ ...drift, since: now - 5 * 60_000, certificate })).toMatchObject({
      state: 'ok',
      seen: '0 tables equal 5 min ago, certified'
    })
    expect(gate({ ...drift, since: now - 61 * 60_000, certificate })).toMatchObject({ state: 'stop' })
  })
  it('ask for a rehearsal before the switch, not before the rehearsal itself', () => {
    const unrehearsed = { ...green, rehearsal: null }
    expect(stateOf(unrehearsed, 'rehearsal')).toMatchObject({ state: 'warn', seen: 'not yet' })
    expect(stateOf({ ...unrehearsed, kind: 'rehearsal' }, 'rehearsal')).toBeUndefined()
  })
  it('count the tables that are equal: neither a view nor what was left out', () => {
    const { drift } = green
    if (drift.kind !== 'done') throw new Error('not compared')
    const table = { schema: 'shop', table: 't', estimatedRows: 1, bytes: 1 }
    const same: TableDrift = { ...table, verdict: { kind: 'same', at: now, position: '', rechecked: 0 } }
    const left: TableDrift = { ...table, verdict: { kind: 'left-out', why: 'left out by choice' } }
    const seen = (tables: TableDrift[]) => stateOf({ ...green, drift: { ...drift, tables } }, 'drift')?.seen
    expect(seen([same, same, { ...left, view: true }])).toBe('2 tables equal 1 min ago, not certified')
    expect(seen([same, left, { ...left, view: true }])).toBe('1 table equal, 1 left out, 1 min ago, not certified')
  })
  it('say what web servers need that nobody redirects', () => {
    const facts = { ...green, unredirected: ['new-web1', 'new-web2'] }
    const todo = (across: GateFacts['across']) => stateOf({ ...facts, across }, 'redirect')?.todo
    expect(todo({ host: '10.2.0.2', port: 13306, loopback: false })).toContain('names 10.2.0.2:13306')
    expect(todo({ host: '127.0.0.1', port: 13306, loopback: true })).toContain('listens for that host alone')
    expect(todo(null)).toContain('On Sites give new-web1, new-web2 a redirect')
  })
  it('tell that the password of the canary account is not known any more, before what else keeps hosts from being armed', () => {
    const canary = { kind: 'refused', host: 'web1', why: 'Refused.', at: now - 5 } as const
    const gate = (kind: GateFacts['kind']) => stateOf({ ...green, kind, canary, unarmed: ['web1'] }, 'armed')
    expect(gate('cutover')).toMatchObject({ state: 'warn', seen: 'siteswap_canary is refused', at: now - 5 })
    expect(gate('reverse')?.todo).toContain('step “Canary account” of this switch gives the account a new one')
    expect(gate('rehearsal')?.todo).toContain('of this rehearsal')
    const untold = { kind: 'unknown', host: 'web1', why: 'The line is cut.', at: now } as const
    expect(stateOf({ ...green, canary: untold }, 'armed')?.todo).toContain('siteswap_canary: The line is cut. If this')
    expect(stateOf({ ...green, canary: null }, 'armed')?.state).toBe('ok')
  })
  it.each<[string, Partial<GateFacts>, string]>([
    ['preflight', { preflight: { kind: 'never' } }, 'stop'],
    ['drift', { drift: { kind: 'never' } }, 'stop'],
    ['drift', { now: now + 3_600_000 }, 'stop'],
    ['lag', { lagSeconds: { value: 2.1, at: now } }, 'stop'],
    ['lag', { lagSeconds: null }, 'unknown'],
    [
      'links',
      { links: [{ name: 'new-db', status: { ...link, applierError: { code: 1062, text: '' } }, at: now }] },
      'stop'
    ],
    ['links', { links: [{ name: 'old-db', status: null, at: now }] }, 'stop'],
    ['statement', { longestStatementSeconds: { value: 3, at: now } }, 'stop'],
    ['transaction', { longestTransactionSeconds: { value: 5, at: now } }, 'stop'],
    ['xa', { preparedXa: { value: 1, at: now } }, 'stop'],
    ['bypass', { bypassing: { accounts: ['boss@%'], at: now } }, 'warn'],
    ['redirect', { redirects: [{ name: 'web1', points: null, problem: null }] }, 'stop'],
    ['redirect', { unredirected: ['new-web1'] }, 'warn'],
    ['armed', { unarmed: ['old-web1'] }, 'warn'],
    ['armed', { canary: { kind: 'refused', host: 'web1', why: 'Refused.', at: now } }, 'warn'],
    ['armed', { canary: { kind: 'unknown', host: 'web1', why: 'The line is cut.', at: now } }, 'unknown'],
    ['rehearsal', { rehearsal: { pauseMs: 12_000, at: now } }, 'stop'],
    ['rehearsal', { rehearsal: null }, 'warn'],
    ['roles', { roles: { from: true, to: false, at: now } }, 'stop']
  ])('%s closes: %j', (id, change, state) => {
    const gate = stateOf({ ...green, ...change }, id)
    expect(gate?.state).toBe(state)
    expect(gate?.todo).toMatch(/^[A-Z].{10,}\.$/)
  })
})
