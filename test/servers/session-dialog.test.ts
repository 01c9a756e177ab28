import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { askServer } from '../../src/main/discovery/ask-server'
import { openSession, type SessionTarget } from '../../src/main/mysql/open-session'
import { makeReach } from '../../src/main/reach/make-reach'
import { dialTcp } from '../../src/main/ssh/dial-tcp'
import { makeAuthority } from './own/certificates'
import { type OwnDatabase, startOwnDatabase } from './own/database'
import { failureFrom } from './own/failure-of'
import { type HostileServer, startHostileServer } from './own/hostile-server'
import { packet } from './own/protocol-packets'
import { databaseEntry, moveWith } from './own/two-hops'

const signIn = async (port: number, options: Partial<SessionTarget>): Promise<string | null> => {
  const session = await openSession({
    name: 'test',
    server: 'db',
    label: `${options.user}@db`,
    stream: await dialTcp('127.0.0.1', port, 20_000),
    user: 'app',
    password: '',
    host: '127.0.0.1',
    tls: { mode: 'disabled' },
    trusted: false,
    deadlineMs: 20_000,
    ...options
  })
  const [row] = await session.query('SELECT CURRENT_USER() AS account')
  await session.close()
  return row?.account ?? null
}

describe.runIf(process.getuid?.() === 0)('the sign-in by a dialog (PAM) on m1011', () => {
  const service = `siteswap-test-${process.pid}`
  const file = `/etc/pam.d/${service}`
  const dir = mkdtempSync(join(tmpdir(), 'siteswap-pam-'))
  const password = 'tést pam-password'
  let database: OwnDatabase
  let verified: Partial<SessionTarget>

  beforeAll(async () => {
    const script = join(dir, 'judge.sh')
    const heard = '[ "$(tr -d \'\\0\')" = "$(cat "$(dirname "$0")/right")" ]'
    writeFileSync(script, `#!/bin/sh\n${heard}\n`, { mode: 0o755 })
    writeFileSync(join(dir, 'right'), password)
    chmodSync(dir, 0o755)
    writeFileSync(file, `auth required pam_exec.so expose_authtok quiet ${script}\naccount required pam_permit.so\n`)
    const authority = makeAuthority(dir, 'ca')
    const { cert, key } = authority.sign('db.test')
    database = await startOwnDatabase('m1011', { extra: [`ssl-cert=${cert}`, `ssl-key=${key}`] })
    await database.asRoot("INSTALL SONAME 'auth_pam_v1'", `CREATE USER bypam@'%' IDENTIFIED VIA pam USING '${service}'`)
    verified = { tls: { mode: 'verify-identity', serverName: 'db.test' }, ca: readFileSync(authority.path, 'utf8') }
  })
  afterAll(async () => {
    await database?.stop()
    rmSync(file, { force: true })
    rmSync(dir, { recursive: true, force: true })
  })

  it('answers with the password inside verified TLS, and on the very host of the database', async () => {
    expect(await signIn(database.port, { user: 'bypam', password, ...verified })).toBe('bypam@%')
    expect(await signIn(database.port, { user: 'bypam', password, trusted: true, local: true })).toBe('bypam@%')
  })

  it('answers on the very host of the database for whom a search asks there, too', async () => {
    const seed = databaseEntry('db1', [], { port: database.port, via: 'direct', user: 'bypam' })
    const reach = makeReach({ move: moveWith(seed), secrets: { get: async () => password }, askHostKey: null })
    const { signal } = new AbortController()
    const target = { id: 'found', server: null, like: 'db1', host: '127.0.0.1', port: database.port }
    const survey = await askServer(reach, target, { deadlineMs: 30_000, signal }).finally(() => reach.close())
    expect(survey.identity.port).toBe(database.port)
  })

  it('refuses a wrong password in the same words as any other sign-in', async () => {
    const failure = await failureFrom(signIn(database.port, { user: 'bypam', password: 'wrong', ...verified }))
    expect([failure.kind, failure.code, failure.what]).toEqual(['auth', 1045, 'bypam@db refused the sign-in of bypam.'])
  })

  it('hands the password to nobody on the way: not in the open, not behind SSH, not in TLS with a stranger', async () => {
    const required = { tls: { mode: 'required' as const } }
    for (const way of [{}, { trusted: true }, required, { ...required, trusted: true }]) {
      const failure = await failureFrom(signIn(database.port, { user: 'bypam', password, ...way }))
      expect(failure.what).toBe('The account bypam signs in by a dialog (PAM), which hands over the password itself.')
    }
  })
})

describe('a server that asks by a dialog', () => {
  const password = 'very-secret-password'
  const servers: HostileServer[] = []
  const question = (kind: number, text: string) => Buffer.concat([Buffer.from([kind]), Buffer.from(text)])
  const asking = async (first: Buffer, ...more: Buffer[]): Promise<HostileServer> => {
    const begin = packet(2, Buffer.concat([Buffer.from([0xfe]), Buffer.from('dialog\0'), first]))
    const server = await startHostileServer({
      kind: 'script',
      answers: [begin, ...more.map((body, index) => packet(4 + 2 * index, body))]
    })
    servers.push(server)
    return server
  }
  const refusal = (server: HostileServer, more: Partial<SessionTarget> = {}) =>
    failureFrom(signIn(server.port, { user: 'app', password, local: true, trusted: true, ...more }))
  const timesHeard = (server: HostileServer) => server.heard().split(password).length - 1

  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop()
  })

  it('hears the password once, whatever it asks after that', async () => {
    const server = await asking(question(4, 'Password: '), question(4, 'New password: '), question(5, 'Again: '))
    const failure = await refusal(server)
    expect([failure.kind, failure.what, failure.words]).toEqual([
      ...['auth', 'app@db asks app for more than a password, and nobody can be asked here.', 'New password:']
    ])
    expect(timesHeard(server)).toBe(1)
  })

  it('hears nothing for a question that would be shown, for one that is none, and in the open', async () => {
    const shown = await asking(question(2, 'Recovery code: '))
    expect((await refusal(shown)).words).toBe('Recovery code:')
    const none = await asking(Buffer.alloc(21, 7))
    expect((await refusal(none)).what).toBe('app@db asks for a sign-in by dialog in a way that plugin does not have.')
    const open = await asking(question(4, 'Password: '))
    expect((await refusal(open, { local: false })).what).toContain('signs in by a dialog (PAM)')
    expect([shown, none, open].map(timesHeard)).toEqual([0, 0, 0])
  })
})
