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
import { operatingStatements } from './own/operating-statements'
import { databaseEntry, startTwoHops, type TwoHops } from './own/two-hops'

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
/** What a busy computer makes of the line is no fault of the way: a figure that was measured counts as such, be it good or worth a warning. */
const figures = new Set(['clock', 'round-trip', 'throughput'])
const shape = (state: Done) =>
  state.rows.map((row) => {
    const told = figures.has(row.layer) && ['ok', 'warn'].includes(row.state) ? 'measured' : row.state
    return `${row.hop ?? '-'} ${row.layer} ${told}`
  })
const before = [
  '0 name ok',
  '0 tcp ok',
  '0 ssh ok',
  '0 host-key ok',
  '0 ssh-auth ok',
  '1 name skipped',
  '1 tcp ok',
  '1 ssh ok',
  '1 host-key ok',
  '1 ssh-auth ok',
  '- command ok'
]
const line = ['- clock measured', '- round-trip measured', '- throughput measured']
const noLine = ['- clock skipped', '- round-trip skipped', '- throughput skipped']
/** The lines of a script that are statements. */
const statements = (script: string) => script.split('\n').filter((text) => !text.startsWith('--'))

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
    expect(shape(state)).toEqual([...before, '- forward ok', '- handshake ok', '- login ok', '- grants ok', ...line])
    expect(state.ok).toBe(true)
    const warned = state.rows.find((one) => one.state === 'warn')
    expect(state.summary).toBe(warned ? warned.failure?.what : 'Every layer answers.')
    expect(state.grantScript).toBeNull()
    const { clock, roundTrip, throughput } = state.measures
    expect(roundTrip).toMatchObject({ samples: 15 })
    expect(roundTrip?.p95Ms).toBeGreaterThanOrEqual(roundTrip?.medianMs ?? Number.NaN)
    // The same computer: its clock differs by nothing but the doubt.
    expect(Math.abs(clock?.offsetMs ?? Number.NaN)).toBeLessThanOrEqual(clock?.uncertaintyMs ?? 0)
    expect(throughput?.bytes).toBeGreaterThan(0)
    expect(throughput?.bytes).toBeLessThanOrEqual(2 * 1024 * 1024)
    expect(throughput?.bytesPerSecond).toBeGreaterThan(0)
    const row = (layer: string, hop: number | null = null) =>
      state.rows.find((one) => one.layer === layer && one.hop === hop)
    expect(row('handshake')?.seen).toMatch(flavour === 'my97' ? /^MySQL 9\.7\.\d+, / : /^MariaDB 10\.11\.\d+, /)
    expect(row('handshake')?.detail.join()).toMatch(/greets as .*sign-in plugin it proposes: \w+/)
    expect(row('login')?.seen).toBe('signed in as app, counted as app@%')
    expect(row('ssh', 1)).toMatchObject({
      seen: expect.stringMatching(/^SSH-2\.0-OpenSSH_/),
      detail: [expect.stringMatching(/^agreed on .*256/)]
    })
    expect(row('host-key', 1)).toMatchObject({
      seen: expect.stringMatching(/^ssh-ed25519 SHA256:\S+ is known$/),
      detail: [`known in ${hops.knownHosts.write}, line 2`]
    })
    expect(row('ssh-auth', 1)?.detail).toEqual([
      expect.stringMatching(/^It takes: publickey/),
      expect.stringMatching(/^the key .*\(ssh-ed25519 SHA256:\S+\): accepted, \d+ ms$/)
    ])
    expect(state.hops).toEqual(hops.hops.map((hop) => `${hop.user}@${hop.host}:${hop.port}`))
    for (const row of state.rows) expect(row.ms === null).toBe(row.state === 'skipped')
    expect(states.at(-1)).toEqual(state)
    const running = states.filter((change) => change.kind === 'running')
    expect(running.length).toBeGreaterThan(12)
    expect(running[0]).toMatchObject({ rows: [{ hop: 0, layer: 'name', state: 'running' }] })
  })

  it('prints the grants an account lacks, and they are enough once given', async () => {
    const entry = databaseEntry('nobody', hops.hops, { port: database.port, user: 'nobody' })
    const poor = await examine(entry)
    expect(shape(poor).slice(-4)).toEqual(['- grants failed', ...line])
    expect(poor.ok).toBe(false)
    const script = poor.grantScript ?? ''
    expect(script).toMatch(/^-- to look.*\nGRANT SELECT, PROCESS, .* ON \*\.\* TO 'nobody'@'%';\n-- to run/)
    expect(statements(script)).toHaveLength(3)
    expect(statements(script)[1]).toMatch(/ TO 'nobody'@'%' WITH GRANT OPTION;$/)
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
    await database.asRoot(...statements(script))
    const rich = await examine(entry)
    expect(rich.rows.find((row) => row.layer === 'grants')).toMatchObject({
      state: 'ok',
      seen: 'nobody@% may look and move'
    })
    expect(rich.grantScript).toBeNull()
    const session = await openSession({
      name: 'granted',
      server: 'nobody',
      label: 'nobody',
      stream: await dialTcp('127.0.0.1', database.port, 20_000),
      user: 'nobody',
      password: 'none-password',
      host: '127.0.0.1',
      tls: { mode: 'disabled' },
      trusted: true
    })
    for (const statement of [...operatingStatements.both, ...operatingStatements[flavour]])
      await session.query(statement)
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
    expect(shape(state).slice(-4)).toEqual(['- grants warn', ...line])
    expect(state.grantScript).toMatch(/^-- to run/)
    expect(state.summary).toMatch(/^Enough to look, not to move: looker@% lacks INSERT, /)
  })

  it('stops at a wrong password with the login as the layer that failed', async () => {
    secrets['db/wrong'] = 'wrong-password'
    const state = await examine(databaseEntry('wrong', hops.hops, { port: database.port }))
    expect(shape(state)).toEqual([
      ...before,
      '- forward ok',
      '- handshake ok',
      '- login failed',
      '- grants skipped',
      ...noLine
    ])
    expect(state.rows.find((row) => row.layer === 'login')?.failure).toMatchObject({ kind: 'auth', code: 1045 })
    expect(JSON.stringify(state)).not.toContain('wrong-password')
  })

  it('puts a certificate that cannot be checked to the handshake', async () => {
    const entry = databaseEntry('db1', hops.hops, { port: database.port, tls: { mode: 'verify-ca' } })
    const state = await examine(entry)
    expect(shape(state).slice(11, 15)).toEqual([
      '- forward ok',
      '- handshake failed',
      '- login skipped',
      '- grants skipped'
    ])
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
    expect(shape(state).slice(0, 5)).toEqual([
      '0 name ok',
      '0 tcp ok',
      '0 ssh ok',
      '0 host-key failed',
      '0 ssh-auth skipped'
    ])
    expect(state.rows[3]?.failure).toMatchObject({ kind: 'host-key-unknown' })
    expect(state.rows[3]?.failure?.why).toContain('SHA256:')
    expect(asked).toEqual([])
  })

  it('names the hop that refuses the key', async () => {
    const [gateway, host] = hops.hops
    if (!gateway || !host) throw new Error('two hops were promised')
    const state = await examine(databaseEntry('db1', [gateway, { ...host, user: 'nobody-here' }], { port: 1 }))
    expect(shape(state).slice(0, 10)).toEqual([...before.slice(0, 9), '1 ssh-auth failed'])
    expect(state.summary).toContain('does not accept this key for nobody-here.')
  })

  it('stops where nothing answers behind the host', async () => {
    const port = await freePort()
    const state = await examine(databaseEntry('db1', hops.hops, { port }))
    expect(shape(state).slice(11)).toEqual([
      '- forward failed',
      '- handshake skipped',
      '- login skipped',
      '- grants skipped',
      ...noLine
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
      '- grants skipped',
      ...noLine
    ])
  })

  it('says that a server has nothing to connect to', async () => {
    const state = await examine(serverEntrySchema.parse({ id: 'bare', name: 'bare', kind: 'other' }))
    expect(state.ok).toBe(false)
    expect(state.summary).toBe('bare has neither an SSH host nor a database to connect to.')
  })

  it('stops when a password is missing, after everything before it was seen to work', async () => {
    const state = await examine(databaseEntry('unset', hops.hops, { port: hops.host.port }))
    expect(shape(state).slice(11, 15)).toEqual([
      '- forward ok',
      '- handshake skipped',
      '- login failed',
      '- grants skipped'
    ])
    expect(state.summary).toBe('No database password is known for unset.')
  })
})
