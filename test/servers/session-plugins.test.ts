import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quoteText } from '../../src/main/mysql/identifiers'
import { openSession, type SessionTarget } from '../../src/main/mysql/open-session'
import { dialSocket } from '../../src/main/reach/dial-socket'
import { dialTcp } from '../../src/main/ssh/dial-tcp'
import { ensureSignInPlugins } from './own/auth-plugins'
import { makeAuthority } from './own/certificates'
import { type OwnDatabase, startOwnDatabase } from './own/database'
import { failureFrom } from './own/failure-of'

/** Passwords that a wrong reading of their bytes or length would break. */
const passwords = ['x', 'tést-pass ’word', 'exactly-32-bytes-of-password-ab!', 'long-'.repeat(40)]

const signIn = async (database: OwnDatabase, options: Partial<SessionTarget>): Promise<string | null> => {
  const session = await openSession({
    name: 'test',
    server: 'db',
    label: `${options.user}@db`,
    stream: options.socket ? await dialSocket(database.socket, 2000) : await dialTcp('127.0.0.1', database.port, 2000),
    user: 'app',
    password: '',
    host: '127.0.0.1',
    tls: { mode: 'disabled' },
    trusted: false,
    ...options
  })
  const [row] = await session.query('SELECT CURRENT_USER() AS account')
  await session.close()
  return row?.account ?? null
}

describe.each([
  ['ed25519', 'm1011'],
  ['ed25519', 'm118'],
  ['parsec', 'm118']
] as const)('the sign-in by %s on %s', (plugin, flavour) => {
  let database: OwnDatabase

  beforeAll(async () => {
    const extra = flavour === 'm118' ? [`plugin-dir=${await ensureSignInPlugins()}`] : []
    database = await startOwnDatabase(flavour, { extra })
    await database.asRoot(
      `INSTALL SONAME 'auth_${plugin}'`,
      ...passwords.map(
        (password, at) => `CREATE USER user${at}@'%' IDENTIFIED VIA ${plugin} USING PASSWORD(${quoteText(password)})`
      )
    )
  })
  afterAll(() => database?.stop())

  it.each(passwords.map((password, at) => [password.length, at, password] as const))(
    'takes a password of %i characters',
    async (_length, at, password) => {
      expect(await signIn(database, { user: `user${at}`, password })).toBe(`user${at}@%`)
    }
  )

  it('refuses a wrong password in the same words as any other sign-in', async () => {
    const failure = await failureFrom(signIn(database, { user: 'user0', password: 'wrong' }))
    expect([failure.kind, failure.code, failure.what]).toEqual(['auth', 1045, 'user0@db refused the sign-in of user0.'])
  })

  it('goes well many times over, whatever the challenge is', async () => {
    for (let round = 0; round < 20; round++)
      expect(await signIn(database, { user: 'user1', password: passwords[1] ?? '' })).toBe('user1@%')
  })
})

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
    expect(await signIn(database, { user: 'bypam', password, ...verified })).toBe('bypam@%')
    expect(await signIn(database, { user: 'bypam', password, trusted: true, local: true })).toBe('bypam@%')
  })

  it('refuses a wrong password in the same words as any other sign-in', async () => {
    const failure = await failureFrom(signIn(database, { user: 'bypam', password: 'wrong', ...verified }))
    expect([failure.kind, failure.code, failure.what]).toEqual(['auth', 1045, 'bypam@db refused the sign-in of bypam.'])
  })

  it('hands the password to nobody on the way: not in the open, not behind SSH, not in TLS with a stranger', async () => {
    const required = { tls: { mode: 'required' as const } }
    for (const way of [{}, { trusted: true }, required, { ...required, trusted: true }]) {
      const failure = await failureFrom(signIn(database, { user: 'bypam', password, ...way }))
      expect(failure.what).toBe('The account bypam signs in by a dialog (PAM), which hands over the password itself.')
    }
  })
})

describe('the sign-ins of MySQL', () => {
  let database: OwnDatabase
  const fresh = async (plugin: string): Promise<{ user: string; password: string }> => {
    const user = `u${Math.random().toString(36).slice(2, 10)}`
    await database.asRoot(`CREATE USER ${user}@'%' IDENTIFIED WITH ${plugin} BY 'first-time'`)
    return { user, password: 'first-time' }
  }

  beforeAll(async () => {
    database = await startOwnDatabase('my97')
  })
  afterAll(() => database?.stop())

  it('caching_sha2_password hands a password over in a tunnel, in TLS and through a socket, and not in the open', async () => {
    const open = await fresh('caching_sha2_password')
    const failure = await failureFrom(signIn(database, { ...open, trusted: false }))
    expect(failure.what).toBe(`${open.user}@db wants the password sealed with a key that nobody vouches for.`)
    expect(await signIn(database, { ...open, trusted: true })).toBe(`${open.user}@%`)
    const inTls = await fresh('caching_sha2_password')
    expect(await signIn(database, { ...inTls, tls: { mode: 'required' } })).toBe(`${inTls.user}@%`)
    const bySocket = await fresh('caching_sha2_password')
    expect(await signIn(database, { ...bySocket, trusted: true, socket: true })).toBe(`${bySocket.user}@%`)
  })

  it('caching_sha2_password without TLS works in the open once the server remembers the password', async () => {
    const account = await fresh('caching_sha2_password')
    await signIn(database, { ...account, tls: { mode: 'required' } })
    expect(await signIn(database, { ...account, trusted: false })).toBe(`${account.user}@%`)
  })

  it('sha256_password hands a password over in a tunnel and in TLS, and not in the open', async () => {
    const account = await fresh('sha256_password')
    const failure = await failureFrom(signIn(database, { ...account, trusted: false }))
    expect(failure.what).toBe(`${account.user}@db wants the password sealed with a key that nobody vouches for.`)
    expect(await signIn(database, { ...account, trusted: true })).toBe(`${account.user}@%`)
    expect(await signIn(database, { ...account, tls: { mode: 'required' } })).toBe(`${account.user}@%`)
  })
})
