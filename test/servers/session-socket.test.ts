import { linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { databaseOf } from '../../src/main/reach/dial-database'
import { makeReach } from '../../src/main/reach/make-reach'
import type { Reach } from '../../src/main/reach/reach'
import { type Hop, type ServerEntry, serverEntrySchema } from '../../src/shared/move'
import { type OwnDatabase, startOwnDatabase } from './own/database'
import { failureFrom } from './own/failure-of'
import { makeKey, type OwnSshd, startOwnSshd } from './own/sshd'
import { moveWith } from './own/two-hops'

const dir = mkdtempSync(join(tmpdir(), 'siteswap-socket-'))
const me = userInfo().username
let mariadb: OwnDatabase
let mysql: OwnDatabase
let open: OwnSshd
let closed: OwnSshd
let key: string
const reaches: Reach[] = []

const reachTo = (server: ServerEntry): Reach => {
  const known = join(dir, 'known_hosts')
  const lines = [open, closed].map((sshd) => `[127.0.0.1]:${sshd.port} ${sshd.hostKey('ed25519')}\n`)
  writeFileSync(known, lines.join(''))
  const reach = makeReach({
    move: moveWith(server),
    secrets: { get: async (ref) => ({ 'db/db1': 'socket-test-password' })[ref] ?? null },
    askHostKey: null,
    knownHosts: { read: [], write: known }
  })
  reaches.push(reach)
  return reach
}
const hop = (sshd: OwnSshd): Hop => ({
  host: '127.0.0.1',
  port: sshd.port,
  user: me,
  auth: { kind: 'key', path: key, passphrase: false }
})
/** Host and port lead nowhere: only the socket can have answered. */
const entry = (id: string, ssh: Hop[], socketPath: string, user = 'app'): ServerEntry =>
  serverEntrySchema.parse({
    id,
    name: id,
    kind: 'database',
    ssh,
    database: { host: '127.0.0.1', port: 1, via: ssh.length > 0 ? 'ssh' : 'direct', user, socketPath }
  })

beforeAll(async () => {
  key = makeKey(join(dir, 'key'))
  ;[mariadb, mysql, open, closed] = await Promise.all([
    startOwnDatabase('m1011'),
    startOwnDatabase('my97'),
    startOwnSshd(),
    startOwnSshd({ lines: ['AllowStreamLocalForwarding no'] })
  ])
  for (const sshd of [open, closed]) writeFileSync(sshd.authorizedKeys, readFileSync(`${key}.pub`))
  const account = "CREATE USER app@'localhost' IDENTIFIED BY 'socket-test-password'"
  await mariadb.asRoot(
    account,
    `CREATE USER IF NOT EXISTS '${me}'@'localhost'`,
    `ALTER USER '${me}'@'localhost' IDENTIFIED VIA unix_socket`
  )
  await mysql.asRoot(account, "CREATE USER anywhere@'%' IDENTIFIED BY 'socket-test-password'")
})
afterEach(async () => {
  for (const reach of reaches.splice(0)) await reach.close()
})
afterAll(async () => {
  await Promise.all([mariadb?.stop(), mysql?.stop(), open?.stop(), closed?.stop()])
  rmSync(dir, { recursive: true, force: true })
})

describe('a database at a unix socket', () => {
  it('is reached on the far side of SSH and on this computer, in both flavours', async () => {
    for (const database of [mariadb, mysql])
      for (const ssh of [[hop(open)], []]) {
        const reach = reachTo(entry('db1', ssh, database.socket))
        const session = await reach.session('db1', 'observe')
        const rows = await session.query('SELECT CURRENT_USER() AS account, @@port AS port')
        expect(rows).toEqual([{ account: 'app@localhost', port: String(database.port) }])
      }
  })

  it('and at a port speaks TLS inside SSH, too', async () => {
    const socket = entry('db1', [hop(open)], mysql.socket)
    for (const place of [
      { socketPath: mysql.socket },
      { host: '127.0.0.1', port: mysql.port, socketPath: undefined }
    ]) {
      const tls = { mode: 'required' as const }
      const database = { ...databaseOf(socket), ...place, user: 'anywhere', tls }
      const session = await reachTo({ ...socket, database }).session('db1', 'observe')
      const [row] = await session.query("SHOW SESSION STATUS LIKE 'Ssl_version'")
      expect(row?.Value).toMatch(/^TLSv1\.[23]$/)
      expect(session.encryption).toMatchObject({ kind: 'tls', protocol: row?.Value, checked: 'nothing' })
      const [whole] = await session.query("SELECT REPEAT('x', 4000000) AS whole")
      expect(whole?.whole).toBe('x'.repeat(4_000_000))
    }
  })

  it('lets the system user of the SSH host in without any password', async () => {
    const reach = reachTo(entry('keyless', [hop(open)], mariadb.socket, me))
    const session = await reach.session('keyless', 'observe')
    expect(await session.query('SELECT CURRENT_USER() AS account')).toEqual([{ account: `${me}@localhost` }])
  })

  it('that is not there, or that nobody listens at, is named with its path', async () => {
    const missing = join(dir, 'no-such.sock')
    const here = await failureFrom(reachTo(entry('db1', [], missing)).session('db1', 'observe'))
    expect([here.kind, here.what]).toEqual(['not-found', `There is no socket at ${missing} on this computer.`])
    const there = await failureFrom(reachTo(entry('db1', [hop(open)], missing)).session('db1', 'observe'))
    expect(there.what).toBe(`${me}@127.0.0.1:${open.port} does not lead to the socket ${missing}.`)
    const deaf = join(dir, 'deaf.sock')
    await leaveSocket(deaf)
    const nobody = await failureFrom(reachTo(entry('db1', [], deaf)).session('db1', 'observe'))
    expect([nobody.kind, nobody.what]).toEqual(['refused', `Nobody listens at the socket ${deaf}.`])
  })

  it('behind an SSH server that forwards no sockets is refused in words', async () => {
    const failure = await failureFrom(reachTo(entry('db1', [hop(closed)], mariadb.socket)).session('db1', 'observe'))
    expect([failure.kind, failure.what]).toEqual([
      'refused',
      `${me}@127.0.0.1:${closed.port} does not lead to the socket ${mariadb.socket}.`
    ])
    expect(failure.try.join(' ')).toContain('AllowStreamLocalForwarding')
  })
})

/** A socket file whose server is gone. */
const leaveSocket = (path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(`${path}.live`, () => {
      // Closing removes the file of the name it was opened by.
      linkSync(`${path}.live`, path)
      server.close(() => resolve())
    })
  })
