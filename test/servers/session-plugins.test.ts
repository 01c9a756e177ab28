import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quoteText } from '../../src/main/mysql/identifiers'
import { openSession, type SessionTarget } from '../../src/main/mysql/open-session'
import { dialSocket } from '../../src/main/reach/dial-socket'
import { dialTcp } from '../../src/main/ssh/dial-tcp'
import { ensureSignInPlugins } from './own/auth-plugins'
import { type OwnDatabase, startOwnDatabase } from './own/database'
import { failureFrom } from './own/failure-of'

/** Passwords that a wrong reading of their bytes or length would break. */
const passwords = ['x', 'tést-pass ’word', 'exactly-32-bytes-of-password-ab!', 'long-'.repeat(40)]

const signIn = async (database: OwnDatabase, options: Partial<SessionTarget>): Promise<string | null> => {
  const session = await openSession({
    name: 'test',
    server: 'db',
    label: `${options.user}@db`,
    stream: options.socket
      ? await dialSocket(database.socket, 20_000)
      : await dialTcp('127.0.0.1', database.port, 20_000),
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
