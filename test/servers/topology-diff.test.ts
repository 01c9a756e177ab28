import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LiveDiff, makeLiveDiff } from '../../src/main/engine/live-diff'
import { Snapshots } from '../../src/main/store/snapshots'
import { type TopologyWatch, watchTopology } from '../../src/main/topology/watch'
import type { Move } from '../../src/shared/move'
import { openDifferences, type TopologyDiff } from '../../src/shared/topology-diff'
import { type DriftPair, startDriftPair } from './own/drift-pair'

const both = [
  'SET GLOBAL automatic_sp_privileges = 0',
  'SET GLOBAL sync_binlog = 1',
  'SET GLOBAL innodb_flush_log_at_trx_commit = 1',
  'CREATE DATABASE shop',
  'CREATE TABLE shop.orders (id INT PRIMARY KEY, total INT NOT NULL, placed DATETIME, KEY placed (placed))',
  'CREATE TABLE shop.same (id INT PRIMARY KEY)',
  'CREATE VIEW shop.totals AS SELECT id, total FROM shop.orders',
  'CREATE PROCEDURE shop.refill(IN n INT) SELECT n',
  "CREATE USER 'shop_app'@'%'",
  "GRANT SELECT, INSERT, UPDATE ON shop.* TO 'shop_app'@'%'",
  "CREATE USER 'shop_job'@'%'",
  'CREATE TABLE shop.visits (id INT NOT NULL, day INT NOT NULL, PRIMARY KEY (id, day)) PARTITION BY RANGE (day) (PARTITION p1 VALUES LESS THAN (10), PARTITION p2 VALUES LESS THAN (20))'
]
/** Each makes one difference, found under the words beside it. */
const onlyNew: [string, string][] = [
  ["SET GLOBAL sql_mode = 'ANSI_QUOTES'", 'answers changed sql_mode: value'],
  ["SET GLOBAL time_zone = '+02:00'", 'answers changed time_zone: value'],
  ["SET GLOBAL collation_server = CONCAT(@@character_set_server, '_bin')", 'answers changed collation_server: value'],
  ['SET GLOBAL max_allowed_packet = 8388608', 'answers changed max_allowed_packet: value'],
  ['SET GLOBAL wait_timeout = 123', 'answers changed wait_timeout: value'],
  ['SET GLOBAL group_concat_max_len = 4096', 'answers changed group_concat_max_len: value'],
  ['SET GLOBAL binlog_row_image = MINIMAL', 'stops changed binlog_row_image: value'],
  ['SET GLOBAL sync_binlog = 7', 'durability changed sync_binlog: value'],
  ['SET GLOBAL innodb_flush_log_at_trx_commit = 2', 'durability changed innodb_flush_log_at_trx_commit: value'],
  ['SET GLOBAL max_connections = 77', 'capacity changed max_connections: value'],
  ['SET GLOBAL long_query_time = 3.5', 'other changed long_query_time: value'],
  ['DROP TABLE shop.same', 'stops removed table shop.same: exists on one side only'],
  ['ALTER TABLE shop.orders MODIFY total BIGINT NOT NULL', 'answers changed column shop.orders.total: type'],
  ['ALTER TABLE shop.orders DROP KEY placed', 'capacity removed index shop.orders.placed: exists on one side only'],
  ['DROP VIEW shop.totals', 'stops removed view shop.totals: exists on one side only'],
  ["REVOKE UPDATE ON shop.* FROM 'shop_app'@'%'", 'rights changed account shop_app@%: grants'],
  ["ALTER USER 'shop_job'@'%' IDENTIFIED BY 'Changed-1'", 'rights changed account shop_job@%: password hash differs'],
  [
    'ALTER TABLE shop.visits ADD PARTITION (PARTITION p3 VALUES LESS THAN (30))',
    'answers changed table shop.visits: partitions'
  ],
  ["CREATE USER 'ghost'@'%'", 'rights added account ghost@%: exists on one side only']
]
const unlinked = ['stops removed old-db → new-db: link', 'stops removed new-db → old-db: link']
const told = (diff: TopologyDiff): string[] =>
  openDifferences(diff)
    .map((one) => `${one.consequence} ${one.sign} ${one.name}: ${one.what}`)
    .sort()

describe.each(['m1011', 'my97'] as const)('the diff of two servers of %s', (flavour) => {
  let pair: DriftPair
  let folder: string
  let diff: LiveDiff
  let watch: TopologyWatch
  let move: Move
  const ending = new AbortController()
  const decided: string[] = []

  beforeAll(async () => {
    pair = await startDriftPair(flavour, ['shop'])
    await pair.old.asRoot(...both)
    await pair.new.asRoot(...both)
    folder = await mkdtemp(join(tmpdir(), 'topo-diff-'))
    move = pair.move
    watch = watchTopology({
      reach: pair.reach,
      move: () => move,
      heartbeat: false,
      intervalMs: 60_000,
      signal: ending.signal,
      onChange: () => {}
    })
    diff = makeLiveDiff({
      reach: pair.reach,
      operator: 'dba',
      move: () => move,
      save: async (next) => {
        move = next
      },
      watch: () => watch,
      snapshots: await Snapshots.open(folder),
      earlier: () => [],
      onSnapshots: () => {},
      decide: async (what) => decided.push(what),
      signal: ending.signal
    })
  })
  afterAll(async () => {
    ending.abort()
    await watch?.ended
    await pair?.stop()
    if (folder) await rm(folder, { recursive: true, force: true })
  })

  it('finds only that they are not linked while nothing else differs, and sets apart what has to differ', async () => {
    const found = await diff.compare({ kind: 'old-new' })
    expect(told(found)).toEqual([...unlinked].sort())
    expect(found.untold).toEqual([])
    const expected = found.differences.filter((one) => one.consequence === 'expected').map((one) => one.name)
    expect(expected).toEqual(expect.arrayContaining(['server_id', 'port', 'datadir', 'pid_file', 'socket']))
    expect(found.compared.variables).toBeGreaterThan(300)
    expect(found.compared.objects).toBeGreaterThanOrEqual(5)
  })

  it('finds each of nineteen changes once, by what follows from it', async () => {
    const snapshot = await diff.take('before', 'hand')
    expect(told(await diff.compare({ kind: 'since', snapshot: snapshot.id }))).toEqual([])
    await pair.new.asRoot(...onlyNew.map(([statement]) => statement))
    const found = await diff.compare({ kind: 'old-new' })
    expect(found.untold).toEqual([])
    expect(told(found)).toEqual([...unlinked, ...onlyNew.map(([, words]) => words)].sort())
    expect(found.differences.find((one) => one.name === 'account shop_app@%')).toMatchObject({
      isText: true,
      old: expect.stringContaining('INSERT, SELECT, UPDATE'),
      new: expect.not.stringContaining('UPDATE')
    })
    expect(found.differences.find((one) => one.what === 'partitions')).toMatchObject({
      isText: true,
      old: expect.stringMatching(/^PARTITION BY RANGE \(day\)\nPARTITION p1 VALUES LESS THAN \(10\)\n/),
      new: expect.stringContaining('PARTITION p3 VALUES LESS THAN (30)')
    })
    // The same nineteen, seen over time from the snapshot.
    const since = await diff.compare({ kind: 'since', snapshot: snapshot.id })
    expect(since.untold).toEqual([])
    expect(told(since)).toEqual(onlyNew.map(([, words]) => words).sort())
    expect(since.differences.every((one) => one.server === 'new-db')).toBe(true)
  })

  it('keeps no hash of a password in a snapshot, and reads it again later', async () => {
    const again = await Snapshots.open(folder)
    const [head] = again.list()
    expect(head).toMatchObject({ name: 'before', by: 'hand', isWhole: true })
    const kept = JSON.stringify(await again.read(head?.id ?? ''))
    expect(kept).toContain('shop_app@%')
    expect(kept).not.toMatch(/\*[0-9A-F]{40}|\$A\$005\$/)
    const proofs = [...kept.matchAll(/"proof":"([^"]*)"/g)].map(([, proof]) => proof)
    expect(proofs).toContain('print:none')
    expect(proofs.filter((proof) => !/^print:(none|[0-9a-f]{16}:[0-9a-f]{4})$/.test(proof ?? ''))).toEqual([])
    expect(await readFile(join(folder, `${head?.id}.json`), 'utf8')).toContain('"before"')
  })

  it('takes an expected difference out of the count until it changes again', async () => {
    const lens = { kind: 'old-new' } as const
    const limit = (found: TopologyDiff) => found.differences.find((one) => one.name === 'max_connections')
    const found = await diff.compare(lens)
    await diff.accept(lens, limit(found)?.id ?? '', 'The new site has fewer web servers.')
    expect(move.accepted).toHaveLength(1)
    expect(decided.at(-1)).toContain('The new site has fewer web servers.')
    const accepted = await diff.compare(lens)
    expect(limit(accepted)?.accepted).toMatchObject({ by: 'dba' })
    expect(openDifferences(accepted)).toHaveLength(openDifferences(found).length - 1)
    await pair.new.asRoot('SET GLOBAL max_connections = 78')
    expect(limit(await diff.compare(lens))?.accepted).toBeNull()
  })

  it('says what the cutover changes, and what it lacks', async () => {
    const { differences, planned } = await diff.compare({ kind: 'plan' })
    expect(planned?.active).toBe('new-db')
    expect(differences.map((one) => `${one.consequence} ${one.sign} ${one.name}`)).toEqual([
      'stops added old-db → new-db',
      'stops added new-db → old-db',
      'expected changed old-db'
    ])
  })

  it('tells what a server does not let it read as not known', async () => {
    const reader = "'reader'@'%'"
    await pair.new.asRoot(`REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${reader}`, `GRANT SELECT ON shop.* TO ${reader}`)
    const found = await diff.compare({ kind: 'old-new' })
    const parts = found.untold.filter((one) => one.server === 'new-db').map((one) => one.part)
    expect(parts).toEqual(expect.arrayContaining(['accounts', 'time zones']))
    expect(found.differences.some((one) => one.area === 'account')).toBe(false)
    expect(told(found)).toContain('answers changed sql_mode: value')
  })
})
