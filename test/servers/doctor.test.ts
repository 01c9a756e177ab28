import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSession } from '../../src/main/mysql/open-session'
import { runDoctor } from '../../src/main/sites/doctor'
import { dialTcp } from '../../src/main/ssh/dial-tcp'
import type { DoctorState } from '../../src/shared/doctor'
import { type ServerEntry, serverEntrySchema } from '../../src/shared/move'
import { type OwnDatabase, startOwnDatabase } from './own/database'
import { freePort } from './own/free-port'
import { databaseEntry, startTwoHops, type TwoHops } from './own/two-hops'

/** What a move sends in its life, from looking to the end of a run. */
const operating = {
  both: [
    'SHOW FULL PROCESSLIST',
    'SELECT * FROM information_schema.INNODB_TRX',
    'XA RECOVER',
    'CREATE DATABASE moved',
    'CREATE TABLE moved.t (a INT PRIMARY KEY)',
    'CREATE DEFINER=root@localhost VIEW moved.v AS SELECT 1 AS a',
    'CREATE DEFINER=root@localhost TRIGGER moved.tr BEFORE INSERT ON moved.t FOR EACH ROW SET NEW.a = NEW.a',
    'CREATE DEFINER=root@localhost EVENT moved.ev ON SCHEDULE EVERY 1 DAY DO SELECT 1',
    'ALTER EVENT moved.ev DISABLE',
    'CREATE DEFINER=root@localhost PROCEDURE moved.p() SELECT 1',
    'SHOW CREATE PROCEDURE moved.p',
    "CREATE USER copied@'%' IDENTIFIED BY 'copied-password'",
    "GRANT ALL ON moved.* TO copied@'%'",
    "GRANT REPLICATION SLAVE ON *.* TO copied@'%'",
    'SET GLOBAL read_only = 1',
    'INSERT INTO moved.t VALUES (1)',
    'SET GLOBAL read_only = 0',
    'SET GLOBAL auto_increment_increment = 2',
    'SET GLOBAL auto_increment_offset = 2',
    'SET GLOBAL event_scheduler = OFF',
    'SET SESSION sql_log_bin = 0',
    'SET SESSION sql_log_bin = 1',
    'SET GLOBAL sync_binlog = 1',
    'SET GLOBAL innodb_flush_log_at_trx_commit = 1',
    'FLUSH TABLES WITH READ LOCK',
    'UNLOCK TABLES',
    'FLUSH BINARY LOGS',
    'SHOW BINARY LOGS'
  ],
  m1011: [
    'SHOW ALL SLAVES STATUS',
    'SHOW MASTER STATUS',
    'SHOW SLAVE HOSTS',
    'SET GLOBAL gtid_domain_id = 3',
    'SET GLOBAL server_id = 77',
    "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=1, MASTER_USER='x', MASTER_PASSWORD='y', MASTER_USE_GTID=slave_pos",
    'START SLAVE',
    'STOP ALL SLAVES',
    'RESET SLAVE ALL',
    "SET GLOBAL gtid_slave_pos = ''",
    'BACKUP STAGE START',
    'BACKUP STAGE END'
  ],
  my97: [
    'SHOW REPLICA STATUS',
    'SHOW BINARY LOG STATUS',
    'SHOW REPLICAS',
    'SET PERSIST super_read_only = 0',
    'RESET PERSIST super_read_only',
    'SET GLOBAL server_id = 77',
    "CHANGE REPLICATION SOURCE TO SOURCE_HOST='127.0.0.1', SOURCE_PORT=1, SOURCE_USER='x', SOURCE_PASSWORD='y', SOURCE_AUTO_POSITION=1",
    'START REPLICA',
    'STOP REPLICA',
    'RESET REPLICA ALL',
    'LOCK INSTANCE FOR BACKUP',
    'UNLOCK INSTANCE',
    "SET GLOBAL gtid_purged = '+aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa:1-2'"
  ]
} as const

type Done = Extract<DoctorState, { kind: 'done' }>

const secrets: Record<string, string> = {
  'db/db1': 'full-password',
  'db/looker': 'look-password',
  'db/nobody': 'none-password'
}
let hops: TwoHops

beforeAll(async () => {
  hops = await startTwoHops()
})
afterAll(async () => {
  await hops?.stop()
})

const examine = async (entry: ServerEntry, states: DoctorState[] = [], known = hops.knownHosts): Promise<Done> => {
  const state = await runDoctor({
    entry,
    reach: { secrets: { get: async (ref) => secrets[ref] ?? null }, askHostKey: null, knownHosts: known },
    onChange: (change) => states.push(structuredClone(change))
  })
  if (state.kind !== 'done') throw new Error('the doctor did not finish')
  return state
}
const shape = (state: Done) => state.rows.map((row) => `${row.hop ?? '-'} ${row.layer} ${row.state}`)
const before = [
  '0 name ok',
  '0 tcp ok',
  '0 host-key ok',
  '0 ssh-auth ok',
  '1 name skipped',
  '1 tcp ok',
  '1 host-key ok',
  '1 ssh-auth ok'
]

describe.each(['m1011', 'my97'] as const)('the connection doctor on %s', (flavour) => {
  let database: OwnDatabase
  beforeAll(async () => {
    database = await startOwnDatabase(flavour)
    await database.asRoot(
      "CREATE USER app@'%' IDENTIFIED BY 'full-password'",
      "GRANT ALL ON *.* TO app@'%' WITH GRANT OPTION",
      "CREATE USER looker@'%' IDENTIFIED BY 'look-password'",
      "CREATE USER nobody@'%' IDENTIFIED BY 'none-password'"
    )
  })
  afterAll(async () => {
    await database?.stop()
  })

  it('goes through every layer, tells each as it comes, and measures the round trip', async () => {
    const states: DoctorState[] = []
    const state = await examine(databaseEntry('db1', hops.hops, { port: database.port }), states)
    expect(shape(state)).toEqual([...before, '- forward ok', '- handshake ok', '- login ok', '- grants ok'])
    expect(state.ok).toBe(true)
    expect(state.summary).toBe('Every layer answers.')
    expect(state.grantScript).toBeNull()
    expect(state.roundTripMs).toBeGreaterThan(0)
    expect(state.rows.find((row) => row.layer === 'handshake')?.seen).toMatch(
      flavour === 'my97' ? /^9\.7/ : /10\.11.*MariaDB/
    )
    for (const row of state.rows) expect(row.ms === null).toBe(row.state === 'skipped')
    expect(states.at(-1)).toEqual(state)
    const running = states.filter((change) => change.kind === 'running')
    expect(running.length).toBeGreaterThan(12)
    expect(running[0]).toMatchObject({ rows: [{ hop: 0, layer: 'name', state: 'running' }] })
  })

  it('prints the grants an account lacks, and they are enough once given', async () => {
    const entry = databaseEntry('nobody', hops.hops, { port: database.port, user: 'nobody' })
    const poor = await examine(entry)
    expect(shape(poor).at(-1)).toBe('- grants failed')
    expect(poor.ok).toBe(false)
    const script = poor.grantScript ?? ''
    expect(script).toMatch(/^GRANT SELECT, PROCESS, .* ON \*\.\* TO 'nobody'@'%' WITH GRANT OPTION;$/)
    for (const name of flavour === 'my97'
      ? [
          'REPLICATION CLIENT',
          'REPLICATION_SLAVE_ADMIN',
          'SYSTEM_VARIABLES_ADMIN',
          'CONNECTION_ADMIN',
          'BACKUP_ADMIN',
          'XA_RECOVER_ADMIN'
        ]
      : [
          'SLAVE MONITOR',
          'BINLOG MONITOR',
          'REPLICATION SLAVE ADMIN',
          'READ_ONLY ADMIN',
          'CONNECTION ADMIN',
          'BINLOG ADMIN'
        ])
      expect(script).toContain(name)
    await database.asRoot(script)
    const rich = await examine(entry)
    expect(rich.rows.at(-1)).toMatchObject({ state: 'ok', seen: 'nobody@% may look and move' })
    expect(rich.grantScript).toBeNull()
    const session = await openSession({
      name: 'granted',
      server: 'nobody',
      label: 'nobody',
      stream: await dialTcp('127.0.0.1', database.port, 2_000),
      user: 'nobody',
      password: 'none-password',
      host: '127.0.0.1',
      tls: { mode: 'disabled' },
      trusted: true
    })
    for (const statement of [...operating.both, ...operating[flavour]]) await session.query(statement)
    await session.close()
  })

  it('tells an account that may look from one that may move', async () => {
    const look =
      flavour === 'my97'
        ? 'SELECT, PROCESS, SHOW VIEW, EVENT, TRIGGER, SHOW_ROUTINE, REPLICATION CLIENT, REPLICATION SLAVE'
        : 'SELECT, PROCESS, SHOW VIEW, EVENT, TRIGGER, SLAVE MONITOR, BINLOG MONITOR, REPLICATION MASTER ADMIN'
    await database.asRoot(`GRANT ${look} ON *.* TO looker@'%'`)
    const state = await examine(databaseEntry('looker', hops.hops, { port: database.port, user: 'looker' }))
    expect(state.ok).toBe(true)
    expect(state.rows.at(-1)?.state).toBe('warn')
    expect(state.summary).toMatch(/^Enough to look, not to move: looker@% lacks INSERT, /)
  })

  it('stops at a wrong password with the login as the layer that failed', async () => {
    secrets['db/wrong'] = 'wrong-password'
    const state = await examine(databaseEntry('wrong', hops.hops, { port: database.port }))
    expect(shape(state)).toEqual([...before, '- forward ok', '- handshake ok', '- login failed', '- grants skipped'])
    expect(state.rows.find((row) => row.layer === 'login')?.failure).toMatchObject({ kind: 'auth', code: 1045 })
    expect(JSON.stringify(state)).not.toContain('wrong-password')
  })

  it('puts a certificate that cannot be checked to the handshake', async () => {
    const entry = databaseEntry('db1', hops.hops, { port: database.port, tls: { mode: 'verify-ca' } })
    const state = await examine(entry)
    expect(shape(state).slice(8)).toEqual(['- forward ok', '- handshake failed', '- login skipped', '- grants skipped'])
    expect(state.rows.find((row) => row.layer === 'handshake')?.failure?.kind).toBe('tls')
  })
})

describe('the connection doctor', () => {
  it('stops at an unknown host key, with the fingerprint, and reads no secret before', async () => {
    const asked: string[] = []
    const empty = join(hops.dir, 'nobody-known')
    writeFileSync(empty, '')
    const state = await runDoctor({
      entry: databaseEntry('db1', hops.hops, { port: 1 }),
      reach: {
        secrets: {
          get: async (ref) => {
            asked.push(ref)
            return 'x'
          }
        },
        askHostKey: null,
        knownHosts: { read: [], write: empty }
      }
    })
    if (state.kind !== 'done') throw new Error('the doctor did not finish')
    expect(shape(state).slice(0, 4)).toEqual(['0 name ok', '0 tcp ok', '0 host-key failed', '0 ssh-auth skipped'])
    expect(state.rows[2]?.failure).toMatchObject({ kind: 'host-key-unknown' })
    expect(state.rows[2]?.failure?.why).toContain('SHA256:')
    expect(asked).toEqual([])
  })

  it('names the hop that refuses the key', async () => {
    const [gateway, host] = hops.hops
    if (!gateway || !host) throw new Error('two hops were promised')
    const state = await examine(databaseEntry('db1', [gateway, { ...host, user: 'nobody-here' }], { port: 1 }))
    expect(shape(state).slice(0, 8)).toEqual([...before.slice(0, 7), '1 ssh-auth failed'])
    expect(state.summary).toContain('does not accept this key for nobody-here.')
  })

  it('stops where nothing answers behind the host', async () => {
    const port = await freePort()
    const state = await examine(databaseEntry('db1', hops.hops, { port }))
    expect(shape(state).slice(8)).toEqual([
      '- forward failed',
      '- handshake skipped',
      '- login skipped',
      '- grants skipped'
    ])
    expect(state.summary).toMatch(new RegExp(`nothing answers at 127\\.0\\.0\\.1:${port}\\.$`))
  })

  it('says that a direct database does not answer', async () => {
    const port = await freePort()
    const state = await examine(databaseEntry('db1', [], { port, via: 'direct' }))
    expect(shape(state)).toEqual([
      '- name ok',
      '- tcp failed',
      '- handshake skipped',
      '- login skipped',
      '- grants skipped'
    ])
  })

  it('says that a server has nothing to connect to', async () => {
    const state = await examine(serverEntrySchema.parse({ id: 'bare', name: 'bare', kind: 'other' }))
    expect(state.ok).toBe(false)
    expect(state.summary).toBe('bare has neither an SSH host nor a database to connect to.')
  })

  it('stops when a password is missing, after everything before it was seen to work', async () => {
    const state = await examine(databaseEntry('unset', hops.hops, { port: hops.host.port }))
    expect(shape(state).slice(8)).toEqual(['- forward ok', '- handshake skipped', '- login failed', '- grants skipped'])
    expect(state.summary).toBe('No database password is known for unset.')
  })
})
