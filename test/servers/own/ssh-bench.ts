import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { openSsh, type SshDeps } from '../../../src/main/ssh/open-ssh'
import { resolveTyped } from '../../../src/main/ssh/resolve-typed'
import type { SshHost } from '../../../src/main/ssh/ssh-host'
import type { Hop, SshAuth } from '../../../src/shared/move'
import type { ResolvedHop } from '../../../src/shared/ssh-settings'
import { makeKey, type OwnSshd, startOwnSshd } from './sshd'

export interface SshBench {
  readonly user: string
  readonly dir: string
  /** A private key that both servers take. */
  readonly key: string
  /** Has host keys of all types. */
  readonly inner: OwnSshd
  readonly gateway: OwnSshd
  fileNamed(name: string): string
  knownFile(): string
  nameOf(sshd: OwnSshd): string
  hop(sshd: OwnSshd, auth?: SshAuth): Hop
  /** Opened hosts are closed after each test. */
  open(hops: (Hop | ResolvedHop)[], more?: Partial<SshDeps>): Promise<SshHost>
  /** Writes known_hosts anew. */
  knowing(...lines: string[]): void
  knowAll(): void
}

const resolved = (hop: Hop | ResolvedHop, place: number): ResolvedHop =>
  'methods' in hop ? hop : resolveTyped(hop, place)

/** Two real SSH servers for the tests of one file, and the ways to reach them. */
export const startSshBench = (): SshBench => {
  const opened: SshHost[] = []
  const user = userInfo().username
  let dir = ''
  let key = ''
  let servers: { inner: OwnSshd; gateway: OwnSshd } | null = null
  const started = () => {
    if (!servers) throw new Error('the SSH servers are not started yet')
    return servers
  }
  const fileNamed = (name: string) => join(dir, name)
  const knownFile = () => fileNamed('known_hosts')
  const nameOf = (sshd: OwnSshd) => `[127.0.0.1]:${sshd.port}`
  const knowing = (...lines: string[]) => writeFileSync(knownFile(), `${lines.join('\n')}\n`)

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'siteswap-ssh-'))
    key = makeKey(fileNamed('key'))
    const [inner, gateway] = await Promise.all([
      startOwnSshd({ keyTypes: ['ed25519', 'ecdsa', 'rsa'] }),
      startOwnSshd()
    ])
    servers = { inner, gateway }
    for (const sshd of [inner, gateway]) writeFileSync(sshd.authorizedKeys, readFileSync(`${key}.pub`))
  })
  afterEach(() => {
    for (const host of opened.splice(0)) host.close()
  })
  afterAll(async () => {
    await Promise.all([servers?.inner.stop(), servers?.gateway.stop()])
    rmSync(dir, { recursive: true, force: true })
  })

  return {
    user,
    get dir() {
      return dir
    },
    get key() {
      return key
    },
    get inner() {
      return started().inner
    },
    get gateway() {
      return started().gateway
    },
    fileNamed,
    knownFile,
    nameOf,
    hop: (sshd, auth = { kind: 'key', path: key, passphrase: false }) => ({
      host: '127.0.0.1',
      port: sshd.port,
      user,
      auth
    }),
    open: async (hops, more = {}) => {
      const host = await openSsh('db1', hops.map(resolved), {
        secret: async () => null,
        askHostKey: null,
        knownHosts: { read: [fileNamed('global')], write: knownFile() },
        agentSocket: undefined,
        deadlineMs: 30_000,
        ...more
      })
      opened.push(host)
      return host
    },
    knowing,
    knowAll: () => {
      const { inner, gateway } = started()
      knowing(`${nameOf(inner)} ${inner.hostKey('ed25519')}`, `${nameOf(gateway)} ${gateway.hostKey('ed25519')}`)
    }
  }
}
