import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { ReachDeps } from '../../../src/main/reach/reach-deps'
import { type Hop, type Move, moveSchema, type ServerEntry, serverEntrySchema } from '../../../src/shared/move'
import { makeKey, type OwnSshd, startOwnSshd } from './sshd'

export interface TwoHops {
  gateway: OwnSshd
  host: OwnSshd
  hops: Hop[]
  knownHosts: NonNullable<ReachDeps['knownHosts']>
  dir: string
  stop(): Promise<void>
}

/** A gateway and a host behind it, both known, with a key that both accept. */
export const startTwoHops = async (): Promise<TwoHops> => {
  const dir = mkdtempSync(join(tmpdir(), 'siteswap-hops-'))
  const key = makeKey(join(dir, 'key'))
  const [gateway, host] = await Promise.all([startOwnSshd(), startOwnSshd()])
  for (const sshd of [gateway, host]) writeFileSync(sshd.authorizedKeys, readFileSync(`${key}.pub`))
  const known = join(dir, 'known_hosts')
  writeFileSync(known, [gateway, host].map((sshd) => `[127.0.0.1]:${sshd.port} ${sshd.hostKey('ed25519')}\n`).join(''))
  const hop = (sshd: OwnSshd): Hop => ({
    host: '127.0.0.1',
    port: sshd.port,
    user: userInfo().username,
    auth: { kind: 'key', path: key, passphrase: false }
  })
  return {
    gateway,
    host,
    dir,
    hops: [hop(gateway), hop(host)],
    knownHosts: { read: [], write: known },
    stop: async () => {
      await Promise.all([gateway.stop(), host.stop()])
      rmSync(dir, { recursive: true, force: true })
    }
  }
}

/** A server entry with a database on this computer. */
export const databaseEntry = (
  id: string,
  ssh: Hop[],
  database: {
    port: number
    user?: string
    via?: 'ssh' | 'direct'
    host?: string
    tls?: object
    socketPath?: string
  }
): ServerEntry =>
  serverEntrySchema.parse({
    id,
    name: id,
    kind: 'database',
    ssh,
    database: { host: '127.0.0.1', user: 'app', ...database }
  })

/** A move with these servers on the old side. */
export const moveWith = (...servers: ServerEntry[]): Move =>
  moveSchema.parse({
    format: 'siteswap.move',
    version: 2,
    id: 'test-move',
    name: 'Test',
    createdAt: 0,
    old: { name: 'OLD', servers },
    new: { name: 'NEW', servers: [] }
  })
