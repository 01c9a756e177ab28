import { describe, expect, it } from 'vitest'
import { isDue } from '../../src/main/engine/snapshot-schedule'
import type { ServerSettings } from '../../src/main/mysql/read-settings'
import { effectiveZone, settingMeaning, settingName } from '../../src/main/mysql/setting-meaning'
import { comparePictures } from '../../src/main/topology/diff/compare-pictures'
import { type Comparison, compareSettings } from '../../src/main/topology/diff/compare-settings'
import { compareSites } from '../../src/main/topology/diff/compare-sites'
import { inOrder } from '../../src/main/topology/diff/in-order'
import { comparePlan } from '../../src/main/topology/diff/plan-reality'
import { shopMove } from '../../src/renderer/gallery/fixtures/shop-move'
import { bridgedTopology, linkedTopology, movedTopology } from '../../src/renderer/gallery/fixtures/topologies'
import type { Difference } from '../../src/shared/topology-diff'

const read = <T>(value: T) => ({ kind: 'read' as const, value })
const settings = (variables: Record<string, string>, more: Partial<ServerSettings> = {}): ServerSettings => ({
  variables: read(variables),
  extensions: read({}),
  timeZones: read(0),
  collations: read([]),
  ...more
})
const compared = (old: ServerSettings, fresh: ServerSettings, kind: Comparison = 'pair') =>
  compareSettings('new-db', { server: 'old-db', settings: old }, { server: 'new-db', settings: fresh }, kind)
/** Both databases of the fixtures have a counterpart. */
const pairs = [
  { old: 'fra-db1', new: 'lis-db1' },
  { old: 'fra-db2', new: 'lis-db2' }
]
const short = (found: readonly Difference[]) => found.map((one) => `${one.consequence} ${one.sign} ${one.name}`)

describe('settings are compared by meaning', () => {
  it.each([
    ['innodb_buffer_pool_size', '1G', '1073741824'],
    ['log_bin', 'ON', '1'],
    ['log_bin', 'YES', 'on'],
    ['long_query_time', '10.000000', '10'],
    ['sql_mode', 'STRICT_TRANS_TABLES,ANSI_QUOTES', 'ansi_quotes, STRICT_TRANS_TABLES'],
    ['character_set_server', 'utf8', 'utf8mb3'],
    ['collation_server', 'utf8_general_ci', 'utf8mb3_general_ci'],
    ['datadir', '/var/lib/mysql/', '/var/lib/mysql'],
    ['time_zone', 'UTC', '+00:00']
  ])('%s: %s is %s', (name, a, b) => {
    expect(settingMeaning(name, a)).toBe(settingMeaning(name, b))
  })

  it.each([
    ['innodb_buffer_pool_size', '1G', '1024M1'],
    ['binlog_format', 'ROW', 'MIXED'],
    ['sync_binlog', '1', '10'],
    ['init_connect', "SET NAMES 'a'", "SET NAMES 'A'"]
  ])('%s: %s is not %s', (name, a, b) => {
    expect(settingMeaning(name, a)).not.toBe(settingMeaning(name, b))
  })

  it('under one name, whatever the version calls it', () => {
    expect(settingName('slave_parallel_workers')).toBe('replica_parallel_workers')
    expect(settingName('tx_isolation')).toBe('transaction_isolation')
    expect(
      short(
        compared(settings({ tx_isolation: 'REPEATABLE-READ' }), settings({ transaction_isolation: 'READ-COMMITTED' }))
          .differences
      )
    ).toEqual(['answers changed transaction_isolation'])
  })

  it('with the time zone that counts', () => {
    expect(effectiveZone({ time_zone: 'SYSTEM', system_time_zone: 'UTC' })).toBe('+00:00')
    const old = settings({ time_zone: 'SYSTEM', system_time_zone: 'UTC' })
    expect(compared(old, settings({ time_zone: '+00:00', system_time_zone: 'CET' })).differences).toEqual([])
    const [difference] = compared(old, settings({ time_zone: 'SYSTEM', system_time_zone: 'CET' })).differences
    expect(difference).toMatchObject({
      name: 'time_zone',
      old: 'SYSTEM (UTC)',
      new: 'SYSTEM (CET)',
      consequence: 'answers'
    })
  })

  it('and the flags of the optimizer only where both versions have them', () => {
    const old = settings({ optimizer_switch: 'mrr=on,index_merge=on' })
    expect(compared(old, settings({ optimizer_switch: 'index_merge=on,hash_join=off' })).differences).toEqual([])
    expect(compared(old, settings({ optimizer_switch: 'index_merge=off' })).differences).toHaveLength(1)
  })
})

describe('what differs between two servers of a pair', () => {
  it('is set apart when it has to differ, and bites where it does', () => {
    const old = {
      server_id: '1',
      datadir: '/a',
      sql_mode: 'ANSI',
      sync_binlog: '1',
      auto_increment_offset: '1',
      gtid_binlog_pos: '0-1-5'
    }
    const fresh = {
      server_id: '2',
      datadir: '/b',
      sql_mode: '',
      sync_binlog: '0',
      auto_increment_offset: '2',
      gtid_binlog_pos: '0-1-9'
    }
    const { differences } = inOrder(
      compared(settings(old), settings(fresh)).differences,
      { kind: 'old-new' },
      undefined
    )
    expect(short(differences)).toEqual([
      'answers changed sql_mode',
      'durability changed sync_binlog',
      'expected changed auto_increment_offset',
      'expected changed datadir',
      'expected changed gtid_binlog_pos',
      'expected changed server_id'
    ])
  })

  it('gathers settings that only one version knows into one entry a side', () => {
    const found = compared(settings({ old_a: '1', old_b: '2' }), settings({ new_a: '3' })).differences
    expect(found.map((one) => [one.consequence, one.old, one.new])).toEqual([
      ['expected', 'old_a = 1\nold_b = 2', null],
      ['expected', null, 'new_a = 3']
    ])
  })

  it('names plugins by what they do, and time zones that are not loaded', () => {
    const old = settings(
      {},
      {
        extensions: read({ ed25519: 'AUTHENTICATION 1.1 ACTIVE', SPIDER: 'STORAGE ENGINE 1 ACTIVE' }),
        timeZones: read(500)
      }
    )
    const found = compared(old, settings({})).differences
    expect(short(found)).toEqual(['rights removed ed25519', 'other removed SPIDER', 'answers changed named time zones'])
  })

  it('tells a part that was refused as not known, never as a difference', () => {
    const refused = { kind: 'untold' as const, why: 'Access denied' }
    const found = compared(settings({ a: '1' }), settings({}, { variables: refused, collations: refused }))
    expect(found.differences).toEqual([])
    expect(found.untold.map((one) => `${one.server} ${one.part} ${one.why}`)).toEqual([
      'new-db variables Access denied',
      'new-db collations Access denied'
    ])
  })

  it('survives names that are words of the language', () => {
    const odd = Object.assign(Object.create(null), { __proto__: 'x', constructor: '1', toString: '2' }) as Record<
      string,
      string
    >
    const { differences } = compared(settings(odd), settings({}))
    expect(differences).toHaveLength(1)
    expect(differences[0]?.old).toContain('constructor = 1')
  })
})

describe('what differs over time', () => {
  it('is every setting that does not move by itself', () => {
    const old = settings({ gtid_executed: 'a:1-5', read_only: 'OFF', max_connections: '800', datadir: '/a' })
    const now = settings({
      gtid_executed: 'a:1-9',
      read_only: 'ON',
      max_connections: '500',
      datadir: '/b',
      added_one: '1'
    })
    expect(short(compared(old, now, 'time').differences).sort()).toEqual(
      [
        'answers changed read_only',
        'capacity changed max_connections',
        'other added added_one',
        'other changed datadir'
      ].sort()
    )
  })

  it('is links that came, went or turned round, roles and DNS', () => {
    expect(short(comparePictures(bridgedTopology, linkedTopology).differences)).toEqual([
      'other added fra-db1 → lis-db1',
      'other added lis-db1 → fra-db1'
    ])
    expect(comparePictures(linkedTopology, { ...linkedTopology, at: 1 }).differences).toEqual([])
    const moved = comparePictures(linkedTopology, movedTopology).differences
    expect(moved.filter((one) => one.what === 'role').map((one) => [one.server, one.old, one.new])).toEqual([
      ['fra-db1', 'takes writes', 'read-only'],
      ['lis-db1', 'read-only', 'takes writes']
    ])
    expect(moved.find((one) => one.area === 'dns')?.new).toBe('203.0.113.40, 203.0.113.41')
    const inner = bridgedTopology.links.find((link) => link.source === 'fra-db1')
    if (!inner) throw new Error('no link')
    const turned = { ...inner, id: 'fra-db2>fra-db1', source: 'fra-db2', replica: 'fra-db1' }
    const after = { ...bridgedTopology, links: bridgedTopology.links.map((link) => (link === inner ? turned : link)) }
    expect(short(comparePictures(bridgedTopology, after).differences)).toEqual(['answers reversed fra-db2 → fra-db1'])
  })

  it('is servers that came and went', () => {
    const without = { ...linkedTopology, nodes: linkedTopology.nodes.slice(1), links: [] }
    const { differences, gone } = comparePictures({ ...linkedTopology, links: [] }, without)
    expect(short(differences)).toEqual(['capacity removed fra-db1'])
    expect(gone).toEqual([{ id: 'fra-db1', side: 'old', words: 'was MariaDB 10.11.19, id 101' }])
  })
})

describe('what differs between the sites in the picture', () => {
  it('is nothing but versions and roles when they mirror each other', () => {
    const found = compareSites({ ...shopMove, pairs }, linkedTopology)
    // The shop of the fixtures has no worker on the new site yet.
    expect(found.filter((one) => one.consequence !== 'expected').map((one) => one.name)).toEqual(['workers'])
    expect(new Set(found.map((one) => one.what))).toEqual(new Set(['version', 'role', 'counterpart']))
  })

  it('names links that are missing and servers without a counterpart', () => {
    const found = compareSites({ ...shopMove, pairs: pairs.slice(0, 1) }, bridgedTopology).filter(
      (one) => one.consequence !== 'expected'
    )
    expect(short(found)).toEqual([
      'capacity removed fra-db2',
      'other added lis-db2',
      'other removed workers',
      'stops removed fra-db1 → lis-db1',
      'stops removed lis-db1 → fra-db1'
    ])
  })
})

describe('the plan', () => {
  it('says what the cutover will do, and what it does not', () => {
    const { differences, isMoved, planned } = comparePlan(shopMove, linkedTopology)
    expect(isMoved).toBe(false)
    expect(planned.active).toBe('lis-db1')
    expect(differences.filter((one) => one.what === 'role').map((one) => `${one.server} ${one.consequence}`)).toEqual([
      'fra-db1 expected',
      'lis-db1 expected'
    ])
    expect(differences.some((one) => one.area === 'dns')).toBe(true)
    const apart = comparePlan(shopMove, bridgedTopology).differences
    expect(apart.filter((one) => one.area === 'link').map((one) => one.consequence)).toEqual(['stops', 'stops'])
  })

  it('draws no link between families, and marks a way back that nobody promises', () => {
    const newer = comparePlan(shopMove, linkedTopology)
    const risk = newer.differences.find((one) => one.what === 'way back')
    expect(risk).toMatchObject({ name: 'lis-db1 → fra-db1', consequence: 'other' })
    expect(newer.planned.links.map(({ id }) => id)).toContain(risk?.mark)
    const apart = comparePlan(shopMove, bridgedTopology).differences.find((one) => one.name === 'lis-db1 → fra-db1')
    expect(apart?.why).toContain('The way back makes the older server follow the newer one')

    const nodes = bridgedTopology.nodes.map((node) =>
      node.server === 'lis-db1' && node.survey
        ? { ...node, survey: { ...node.survey, identity: { ...node.survey.identity, flavour: 'mysql' as const } } }
        : node
    )
    const other = comparePlan(shopMove, { ...bridgedTopology, nodes })
    expect(other.planned.links.filter((link) => link.crossesSites)).toEqual([])
    expect(other.differences.find((one) => one.what === 'family')).toMatchObject({
      ...{ consequence: 'stops', old: 'MariaDB', new: 'MySQL', mark: 'lis-db1' }
    })
  })

  it('finds nothing once it is so, and what is not', () => {
    expect(comparePlan(shopMove, movedTopology).differences).toEqual([])
    const nodes = movedTopology.nodes.map((node) =>
      node.server === 'fra-db1' && node.survey ? { ...node, survey: { ...node.survey, readOnly: false } } : node
    )
    const found = comparePlan(shopMove, { ...movedTopology, nodes, bridge: { ...movedTopology.bridge, kind: 'down' } })
    expect(short(found.differences)).toEqual(['stops changed fra-db1', 'stops changed bridge'])
  })
})

describe('the schedule of snapshots', () => {
  const head = (at: number, by: 'hand' | 'schedule') => ({ id: 'x', name: 'x', at, by, isWhole: true })
  it('counts from its own last one, and is off by itself', () => {
    const every = { everyMinutes: 10, keep: 5 }
    const minute = 60_000
    expect(isDue(undefined, [], 0, 99 * minute)).toBe(false)
    expect(isDue({ ...every, everyMinutes: 0 }, [], 0, 99 * minute)).toBe(false)
    expect(isDue(every, [], 0, 9 * minute)).toBe(false)
    expect(isDue(every, [], 0, 10 * minute)).toBe(true)
    expect(isDue(every, [head(9 * minute, 'hand')], 0, 10 * minute)).toBe(true)
    expect(isDue(every, [head(9 * minute, 'schedule')], 0, 10 * minute)).toBe(false)
  })
})
