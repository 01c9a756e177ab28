import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encryptionWords } from '../../src/main/mysql/encryption'
import { openSession, type SessionTarget } from '../../src/main/mysql/open-session'
import type { Session } from '../../src/main/mysql/session'
import { makeReach } from '../../src/main/reach/make-reach'
import { dialTcp } from '../../src/main/ssh/dial-tcp'
import { clientKeySecret } from '../../src/shared/secret'
import { until } from '../lab/processes'
import { type Authority, makeAuthority, openssl } from './own/certificates'
import { type OwnDatabase, startOwnDatabase } from './own/database'
import { failureFrom } from './own/failure-of'
import { startHostileServer } from './own/hostile-server'
import { databaseEntry, moveWith } from './own/two-hops'

const pem = (path: string) => readFileSync(path, 'utf8')

describe.each(['m1011', 'my97'] as const)('TLS with %s', (flavour) => {
  const dir = mkdtempSync(join(tmpdir(), 'siteswap-tls-'))
  let ours: Authority
  let theirs: Authority
  let database: OwnDatabase
  let without: OwnDatabase
  const opened: Session[] = []
  const label = 'app@db'

  const open = async (
    tls: SessionTarget['tls'],
    options: Partial<SessionTarget> & { to?: OwnDatabase } = {}
  ): Promise<Session> => {
    const { to = database, ...target } = options
    const session = await openSession({
      name: 'test',
      server: 'db',
      label,
      stream: await dialTcp('127.0.0.1', to.port, 20_000),
      user: 'app',
      password: 'tls-test-password',
      host: '127.0.0.1',
      tls,
      trusted: true,
      ...target
    })
    opened.push(session)
    return session
  }
  const spoken = async (session: Session): Promise<string | null> =>
    (await session.query("SHOW SESSION STATUS LIKE 'Ssl_version'"))[0]?.Value ?? null

  /** Puts another certificate on the running server. */
  const serve = async (files: { cert: string; key: string }) => {
    copyFileSync(files.cert, join(dir, 'server.pem'))
    copyFileSync(files.key, join(dir, 'server.key'))
    await database.asRoot(flavour === 'my97' ? 'ALTER INSTANCE RELOAD TLS' : 'FLUSH SSL')
  }

  beforeAll(async () => {
    ours = makeAuthority(dir, 'our-ca')
    theirs = makeAuthority(dir, 'another-ca')
    const files = ours.sign('db.test')
    copyFileSync(files.cert, join(dir, 'server.pem'))
    copyFileSync(files.key, join(dir, 'server.key'))
    const extra = [`ssl-ca=${ours.path}`, `ssl-cert=${join(dir, 'server.pem')}`, `ssl-key=${join(dir, 'server.key')}`]
    ;[database, without] = await Promise.all([
      startOwnDatabase(flavour, { extra }),
      startOwnDatabase(flavour, { extra: flavour === 'my97' ? ['tls-version='] : ['skip-ssl'] })
    ])
    const accounts = ["CREATE USER app@'%' IDENTIFIED BY 'tls-test-password'"]
    await database.asRoot(
      ...accounts,
      "CREATE USER sealed@'%' IDENTIFIED BY 'tls-test-password' REQUIRE X509",
      "CREATE USER plain@'%' IDENTIFIED BY 'tls-test-password' REQUIRE SSL"
    )
    await without.asRoot(...accounts)
  })
  afterAll(async () => {
    for (const session of opened) session.destroy()
    await Promise.all([database?.stop(), without?.stop()])
    rmSync(dir, { recursive: true, force: true })
  })

  it('disabled: nothing is encrypted, and the session says that the server would have', async () => {
    const session = await open({ mode: 'disabled' })
    expect(await spoken(session)).toBe('')
    expect(session.encryption).toEqual({ kind: 'none', offered: true })
  })

  it('preferred: encrypted with a server that can, in the open with one that cannot, and the session says which', async () => {
    const session = await open({ mode: 'preferred' })
    expect(await spoken(session)).toMatch(/^TLSv1\.[23]$/)
    expect(session.encryption).toMatchObject({ kind: 'tls', protocol: await spoken(session), checked: 'nothing' })
    const bare = await open({ mode: 'preferred' }, { to: without })
    expect(await spoken(bare)).toBe('')
    expect(bare.encryption).toEqual({ kind: 'none', offered: false })
    expect(encryptionWords(bare.encryption ?? { kind: 'none', offered: true })).toBe(
      'not encrypted: the server offers no TLS'
    )
  })

  it('required: encrypted with whoever answers, and refused by a server that cannot', async () => {
    const session = await open({ mode: 'required' }, { ca: pem(theirs.path) })
    expect(session.encryption).toMatchObject({
      kind: 'tls',
      checked: 'nothing',
      certificate: { subject: 'CN=db.test', issuer: 'O=Siteswap test, CN=our-ca' }
    })
    for (const mode of ['required', 'verify-ca', 'verify-identity'] as const) {
      const failure = await failureFrom(
        open({ mode, serverName: 'db.test' }, { to: without, ca: pem(ours.path), password: 'never-sent-password' })
      )
      expect([failure.kind, failure.what]).toEqual(['tls', `${label} offers no TLS.`])
    }
  })

  it('verify CA: takes what our CA signed, under any name, and nothing else', async () => {
    const session = await open({ mode: 'verify-ca' }, { ca: pem(ours.path) })
    expect(await spoken(session)).toMatch(/^TLSv1\.[23]$/)
    expect(encryptionWords(session.encryption ?? { kind: 'none', offered: true })).toMatch(/^TLSv1\.\d, CA verified$/)
    for (const ca of [pem(theirs.path), undefined]) {
      const failure = await failureFrom(open({ mode: 'verify-ca' }, ca === undefined ? {} : { ca }))
      expect(failure.what).toBe(`The certificate of ${label} is not signed by a CA known here.`)
    }
  })

  it('verify identity: takes our CA and the right name only', async () => {
    const ca = pem(ours.path)
    const session = await open({ mode: 'verify-identity' }, { ca, host: 'db.test' })
    expect(session.encryption).toMatchObject({ kind: 'tls', checked: 'identity' })
    const overridden = await open({ mode: 'verify-identity', serverName: 'db.test' }, { ca })
    expect(overridden.encryption).toMatchObject({ checked: 'identity' })
    const wrongName = await failureFrom(open({ mode: 'verify-identity', serverName: 'evil.test' }, { ca }))
    expect([wrongName.kind, wrongName.what]).toEqual(['tls', `The certificate of ${label} is for another name.`])
    const wrongCa = await failureFrom(
      open({ mode: 'verify-identity', serverName: 'db.test' }, { ca: pem(theirs.path) })
    )
    expect(wrongCa.what).toBe(`The certificate of ${label} is not signed by a CA known here.`)
    const byAddress = await failureFrom(open({ mode: 'verify-identity' }, { ca }))
    expect([byAddress.kind, byAddress.what]).toEqual(['tls', `The certificate of ${label} is for another name.`])
  })

  it('verify identity by address: takes a certificate for just this address, whatever else it is for', async () => {
    const ca = pem(ours.path)
    const identity = (options: { host: string; serverName?: string }) => {
      const { host, serverName } = options
      return open({ mode: 'verify-identity', ...(serverName ? { serverName } : {}) }, { ca, host })
    }
    await serve(ours.sign('db.test', { names: 'DNS:db.test,IP:127.0.0.1,IP:2001:db8::7' }))
    for (const host of ['127.0.0.1', '2001:db8::7', '2001:DB8:0:0::7', 'db.test']) {
      const session = await identity({ host })
      expect(session.encryption, host).toMatchObject({ kind: 'tls', checked: 'identity' })
    }
    // The address it is reached at, while the certificate is for the one it has behind a forwarding, and the other way.
    expect((await identity({ host: '127.0.0.1', serverName: '2001:db8::7' })).encryption).toMatchObject({
      checked: 'identity'
    })
    const other = await failureFrom(identity({ host: '127.0.0.1', serverName: '127.0.0.2' }))
    expect(other.what).toBe(`The certificate of ${label} is for another name.`)
    expect(other.words).toContain('127.0.0.2')
    // Neither the name of this computer, nor an address written as a name, nor the name it was issued to, is an address.
    for (const names of ['DNS:localhost', 'DNS:127.0.0.1', 'IP:127.0.0.2']) {
      await serve(ours.sign('127.0.0.1', { names }))
      const failure = await failureFrom(identity({ host: '127.0.0.1' }))
      expect(failure.what, names).toBe(`The certificate of ${label} is for another name.`)
    }
    await serve(ours.sign('db.test'))
  })

  it('shows a client certificate that the account or the server asks for', async () => {
    const account = { user: 'sealed', ca: pem(ours.path) }
    const bare = await failureFrom(open({ mode: 'verify-ca' }, account))
    expect([bare.kind, bare.code]).toEqual(['auth', 1045])
    expect(bare.try.join(' ')).toContain('client certificate')
    const mine = ours.sign('operator')
    const session = await open({ mode: 'verify-ca' }, { ...account, cert: pem(mine.cert), key: pem(mine.key) })
    expect(await session.query('SELECT CURRENT_USER() AS account')).toEqual([{ account: 'sealed@%' }])
    const stranger = theirs.sign('operator')
    const refused = await failureFrom(
      open({ mode: 'verify-ca' }, { ...account, cert: pem(stranger.cert), key: pem(stranger.key) })
    )
    expect(refused.what).toBe(`${label} does not take the client certificate, or wants one.`)
    const unencrypted = await failureFrom(open({ mode: 'disabled' }, { user: 'plain' }))
    expect([unencrypted.kind, unencrypted.try.some((words) => words.includes('REQUIRE SSL'))]).toEqual(['auth', true])
  })

  it.each([
    ['as PKCS#8', ['pkcs8', '-topk8', '-v2', 'aes-256-cbc']],
    ['in the old way', ['ec', '-aes256']]
  ])('shows a client certificate whose key is locked %s, with its passphrase and not without', async (_, lock) => {
    const mine = ours.sign('operator')
    const locked = join(dir, 'locked.key')
    openssl(...lock, '-in', mine.key, '-out', locked, '-passout', 'pass:key-test-passphrase')
    const server = databaseEntry('db1', [], {
      ...{ port: database.port, via: 'direct', user: 'sealed' },
      tls: { mode: 'verify-ca', caPath: ours.path, certPath: mine.cert, keyPath: locked }
    })
    const reachWith = (passphrase: string | null) =>
      makeReach({
        move: moveWith(server),
        secrets: { get: async (ref) => (ref === clientKeySecret('db1') ? passphrase : 'tls-test-password') },
        askHostKey: null
      })
    const reach = reachWith('key-test-passphrase')
    const session = await reach.openSession('db1', 'test')
    expect(await session.query('SELECT CURRENT_USER() AS account')).toEqual([{ account: 'sealed@%' }])
    await reach.close()
    const refusals = [null, 'wrong'].map((passphrase) => failureFrom(reachWith(passphrase).openSession('db1', 'test')))
    expect((await Promise.all(refusals)).map(({ what }) => what)).toEqual([
      `The client key ${locked} is encrypted and no passphrase is known for it.`,
      `The passphrase does not open the client key ${locked}.`
    ])
  })

  it('refuses a certificate that has expired, unless nothing is verified', async () => {
    // MySQL does not load one that has expired already: this one expires while it is served.
    const ends = new Date(Date.now() + 3000)
    await serve(ours.sign('db.test', { ends }))
    const ca = pem(ours.path)
    await until(() => Date.now() > ends.getTime(), 60_000, 'the certificate expires')
    const failure = await failureFrom(open({ mode: 'verify-ca' }, { ca }))
    expect([failure.kind, failure.what]).toEqual(['tls', `The certificate of ${label} is not valid at this time.`])
    const session = await open({ mode: 'required' }, { ca })
    expect(session.encryption).toMatchObject({ kind: 'tls', checked: 'nothing' })
    await serve(ours.sign('db.test'))
    await open({ mode: 'verify-ca' }, { ca })
  })
})

describe('a server that asks for the password in the clear', () => {
  const dir = mkdtempSync(join(tmpdir(), 'siteswap-clear-'))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  it('hears it inside TLS with a verified certificate, and nowhere else', async () => {
    const authority = makeAuthority(dir, 'our-ca')
    const files = authority.sign('db.test')
    const password = 'in-the-clear-password'
    const ask = async (mode: 'required' | 'verify-ca' | 'verify-identity') => {
      const server = await startHostileServer({
        kind: 'tls-switch',
        plugin: 'mysql_clear_password',
        cert: pem(files.cert),
        key: pem(files.key)
      })
      const attempt = failureFrom(
        openSession({
          name: 'test',
          server: 'db',
          label: 'app@db',
          stream: await dialTcp('127.0.0.1', server.port, 20_000),
          user: 'app',
          password,
          host: '127.0.0.1',
          tls: { mode, serverName: 'db.test' },
          ca: pem(authority.path),
          trusted: true,
          deadlineMs: 20_000
        })
      )
      const heard = () => server.heard().includes(password)
      let over = false
      void attempt.then(() => {
        over = true
      })
      await until(() => over || heard(), 20_000, 'neither the password nor an end')
      // The program never lets anybody in: what matters is what it was told.
      await server.stop()
      return { what: (await attempt).what, heard: heard() }
    }
    expect(await ask('required')).toEqual({
      what: 'The account app signs in with mysql_clear_password, which hands over the password itself.',
      heard: false
    })
    expect(await ask('verify-ca')).toMatchObject({ heard: true })
    expect(await ask('verify-identity')).toMatchObject({ heard: true })
  })
})
