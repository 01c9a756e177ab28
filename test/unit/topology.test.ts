import { describe, expect, it } from 'vitest'
import { BridgeRate } from '../../src/main/topology/bridge-rate'
import { buildTopology, type Look, type TopologyFacts } from '../../src/main/topology/build'
import { LagSeries } from '../../src/main/topology/lag-series'
import { ServerClock } from '../../src/main/topology/server-clock'
import { topologyText } from '../../src/main/topology/text'
import { WriteRate } from '../../src/main/topology/write-rate'
import { type Move, moveSchema } from '../../src/shared/move'
import type { LinkStatus, ServerSurvey } from '../../src/shared/server'
import type { BridgeState } from '../../src/shared/topology'
import { surveyedLink } from '../scenarios/link-status'

const database = (id: string) => ({
  id,
  name: id,
  kind: 'database' as const,
  database: { host: '127.0.0.1', user: 'admin' }
})
const move: Move = moveSchema.parse({
  format: 'siteswap.move',
  version: 2,
  id: 'shop',
  name: 'shop',
  createdAt: 0,
  old: {
    name: 'Frankfurt',
    servers: [database('old-db'), { id: 'old-web', name: 'old-web', kind: 'web', addresses: ['10.0.0.5'] }]
  },
  new: { name: 'Lisbon', servers: [database('new-db')] },
  pairs: [{ old: 'old-db', new: 'new-db' }],
  bridge: { user: 'root', sshHost: '10.0.0.1' }
})
const now = 1_800_000_000_000

const survey = (server: string, serverId: number, more: Partial<ServerSurvey> = {}): ServerSurvey => ({
  server,
  at: now,
  tookMs: 5,
  identity: {
    flavour: 'mariadb',
    version: '10.11.19-MariaDB',
    versionNumbers: [10, 11, 19],
    comment: '',
    uuid: null,
    serverId,
    hostname: server,
    port: 3306,
    datadir: '/var/lib/mysql/',
    key: `${serverId}-${server}`
  },
  readOnly: false,
  superReadOnly: null,
  logBin: true,
  gtid: { executed: '0-1-10', purged: '', binlogState: '0-1-10', replicaPos: '' },
  binlog: null,
  links: [],
  dumpThreads: [],
  connections: { total: 3, limit: 100, byAccount: [] },
  uptimeSeconds: 100,
  writesTotal: 0,
  dataBytes: null,
  variables: {},
  ...more
})
const look = (seen: ServerSurvey | null, more: Partial<Look> = {}): Look => ({
  survey: seen,
  failure: null,
  roundTripMs: 1,
  writesPerSecond: [],
  ...more
})
const build = (looks: Record<string, Look>, more: Partial<TopologyFacts> = {}) =>
  buildTopology({
    at: now,
    move,
    looks: new Map(Object.entries(looks)),
    hosts: new Map(),
    bridge: { kind: 'absent', since: null, roundTripMs: null, supervisor: null, detail: '', at: now },
    domains: [],
    lagOf: () => null,
    lagHistoryOf: () => [],
    ...more
  })

describe('the picture', () => {
  it('takes the old server for active while the new one is an unlinked writable skeleton', () => {
    const topology = build({ 'old-db': look(survey('old-db', 1)), 'new-db': look(survey('new-db', 2)) })
    expect(topology.active).toBe('old-db')
    expect(topology.writable).toEqual(['old-db', 'new-db'])
  })
  it('names nobody active when two linked servers take writes', () => {
    const topology = build({
      'old-db': look(survey('old-db', 1)),
      'new-db': look(survey('new-db', 2, { links: [surveyedLink()] }))
    })
    expect(topology.active).toBeNull()
    expect(topology.writable).toEqual(['old-db', 'new-db'])
  })
  it('draws links of co-masters by identity, across the sites, whatever their addresses are', () => {
    const topology = build({
      'old-db': look(survey('old-db', 1, { links: [surveyedLink({ sourceServerId: 2, sourcePort: 13307 })] })),
      'new-db': look(
        survey('new-db', 2, { readOnly: true, links: [surveyedLink({ sourceServerId: 1, sourceHost: 'x' })] })
      )
    })
    expect(topology.links.map(({ id, state, crossesSites }) => ({ id, state, crossesSites }))).toEqual([
      { id: 'new-db>old-db', state: 'running', crossesSites: true },
      { id: 'old-db>new-db', state: 'running', crossesSites: true }
    ])
    expect(topology.active).toBe('old-db')
  })
  it('leaves out a link from a server that is not of the move, even on a familiar address', () => {
    const topology = build({
      'old-db': look(survey('old-db', 1)),
      'new-db': look(survey('new-db', 2, { links: [surveyedLink({ sourceServerId: 99 })] }))
    })
    expect(topology.links).toEqual([])
  })
  it('knows a link that never reached its source by the address of the bridge', () => {
    const never = surveyedLink({ sourceServerId: 0, receiver: 'connecting', receiverError: { code: 2003, text: 'no' } })
    const topology = build({
      'old-db': look(survey('old-db', 1)),
      'new-db': look(survey('new-db', 2, { links: [never] }))
    })
    expect(topology.links[0]).toMatchObject({ source: 'old-db', state: 'connecting' })
  })
  it('does not believe two servers with one server id', () => {
    const topology = build({
      'old-db': look(survey('old-db', 1)),
      'new-db': look(survey('new-db', 1, { links: [surveyedLink({ sourceServerId: 1 })] }))
    })
    expect(topology.links[0]?.source).toBe('old-db')
    const third = moveSchema.parse({
      ...move,
      old: { ...move.old, servers: [...move.old.servers, database('old-db2')] }
    })
    const unclear = build(
      {
        'old-db': look(survey('old-db', 1)),
        'old-db2': look(survey('old-db2', 1)),
        'new-db': look(survey('new-db', 2, { links: [surveyedLink({ sourceServerId: 1 })] }))
      },
      { move: third }
    )
    expect(unclear.links).toEqual([])
  })
  it('keeps a stale survey with its age but believes no role of it', () => {
    const failure = { failure: { kind: 'timeout' as const, what: 'silent', try: [] }, at: now }
    const topology = build({
      'old-db': look(survey('old-db', 1, { at: now - 60_000 }), { failure }),
      'new-db': look(survey('new-db', 2, { readOnly: true }))
    })
    expect(topology.nodes[0]?.survey?.at).toBe(now - 60_000)
    expect(topology.nodes[0]?.failure).toEqual(failure)
    expect(topology.active).toBeNull()
    expect(topology.writable).toEqual([])
  })
  it('says broken for an applier error, lagging for a late heartbeat', () => {
    const state = (status: Partial<LinkStatus>, lag: number | null) =>
      build(
        {
          'old-db': look(survey('old-db', 1)),
          'new-db': look(survey('new-db', 2, { readOnly: true, links: [surveyedLink(status)] }))
        },
        { lagOf: () => lag }
      ).links[0]?.state
    expect(state({ applier: 'stopped', applierError: { code: 1062, text: 'dup' } }, null)).toBe('broken')
    expect(state({ receiver: 'stopped' }, null)).toBe('stopped')
    expect(state({}, 5)).toBe('lagging')
    expect(state({}, 0.1)).toBe('running')
  })
  it('counts connections of the shop by address, and those through the bridge apart', () => {
    const byAccount = [
      { user: 'shop', host: '10.0.0.5', count: 7 },
      { user: 'shop', host: '127.0.0.1', count: 4 },
      { user: 'admin', host: '127.0.0.1', count: 3 },
      { user: 'siteswap_repl', host: '127.0.0.1', count: 1 }
    ]
    const topology = build({
      'old-db': look(survey('old-db', 1, { connections: { total: 15, limit: 100, byAccount } }))
    })
    expect(topology.apps[0]?.connections).toEqual({ 'old-db': 7 })
    expect(topology.throughBridge).toEqual({ 'old-db': 4 })
  })
  it('is zero seconds behind without a heartbeat only when everything is there', () => {
    const lag = (replicaPos: string) =>
      build({
        'old-db': look(survey('old-db', 1)),
        'new-db': look(
          survey('new-db', 2, {
            readOnly: true,
            gtid: { executed: '', purged: '', binlogState: '', replicaPos },
            links: [surveyedLink()]
          })
        )
      }).links[0]?.lagSeconds
    expect(lag('0-1-10')).toBe(0)
    expect(lag('0-1-9')).toBeNull()
  })
  it('is written for terminals without passing on escape sequences', () => {
    const evil = survey('new-db', 2, {
      readOnly: true,
      links: [surveyedLink({ applier: 'stopped', applierError: { code: 1062, text: 'x\u001b]52;c;evil\u0007\u202e' } })]
    })
    const text = topologyText(move, build({ 'old-db': look(survey('old-db', 1)), 'new-db': look(evil) }))
    expect(text).toContain('Frankfurt (old site)')
    expect(text).toContain('follows old-db: broken, lag unknown, through the bridge — 1062')
    expect(text).toContain('Takes writes: old-db')
    for (const mark of ['\u001b', '\u0007', '\u202e']) expect(text).not.toContain(mark)
  })
})

describe('what is measured over time', () => {
  it('keeps fifteen minutes of lag with one slot a second', () => {
    const series = new LagSeries(3)
    series.add(1000, { a: 1 })
    series.add(1500, { a: 9 })
    series.add(2000, { a: 2, b: 5 })
    series.add(3000, { b: 6 })
    series.add(4000, { b: 7 })
    expect(series.history()).toEqual({ at: [2, 3, 4], series: { a: [2, null, null], b: [5, 6, 7] } })
  })
  it('counts writes per second, and knows nothing across a restart or a silence', () => {
    const rate = new WriteRate(4)
    rate.add('x', survey('x', 1, { at: 1000, writesTotal: 10 }))
    rate.add('x', survey('x', 1, { at: 3000, writesTotal: 30 }))
    rate.add('x', null)
    rate.add('x', survey('x', 1, { at: 5000, writesTotal: 5 }))
    expect(rate.of('x')).toEqual([null, 10, null, null])
  })
  it('reads a clock from the quickest of its samples', () => {
    const clock = new ServerClock()
    clock.add(1000, 1100, 2_050_000n)
    clock.add(2000, 2010, 2_505_000n)
    expect(clock.offsetMs).toBe(500)
    expect(clock.roundTripMs).toBe(10)
  })
})

describe('what the bridge carries', () => {
  const look = (at: number, bytes: [number, number] | null, connection = 'first'): BridgeState => ({
    ...{ kind: 'up', since: now, roundTripMs: 20, supervisor: 'systemd', detail: '', at },
    carried: bytes && { connection, toNewBytes: bytes[0], toOldBytes: bytes[1], at, asked: 'ss' }
  })

  it('is what its connection counted between two looks, with their distance and age', () => {
    const rate = new BridgeRate()
    expect(rate.add(look(now, [1_000, 500])).throughput).toBeNull()
    const first = { toNewPerSecond: 200, toOldPerSecond: 5, overMs: 10_000, at: now + 10_000 }
    expect(rate.add(look(now + 10_000, [3_000, 550])).throughput).toEqual(first)
    // Asked again at once: what is known stays, with its age.
    expect(rate.add(look(now + 10_400, [3_000, 550])).throughput).toEqual(first)
    expect(rate.add(look(now + 20_000, [3_000, 550])).throughput).toMatchObject({ toNewPerSecond: 0, overMs: 10_000 })
  })

  it('is unknown after a connection anew, and where nobody counts', () => {
    const rate = new BridgeRate()
    rate.add(look(now, [9_000, 9_000]))
    expect(rate.add(look(now + 10_000, [100, 100], 'second')).throughput).toBeNull()
    expect(rate.add(look(now + 20_000, null)).throughput).toBeNull()
    expect(rate.add(look(now + 30_000, [500, 500], 'second')).throughput).toBeNull()
  })
})
