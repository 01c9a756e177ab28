import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Domain, type Hop, type Move, moveSchema, type ServerEntry } from '../../src/shared/move'
import {
  databaseSecret,
  dnsSecret,
  type SecretRef,
  secretEnvName,
  sshPassphraseSecret,
  sshPasswordSecret
} from '../../src/shared/secret'
import type { LabHost } from './hosts'
import { reloadCommand, shopConfigPath } from './shop-hosts'
import { authorizedKeysOf, homeOf } from './sshd'
import { hostNamed, type LabState } from './state'

/** The ports of the bridge's two ends. */
const bridgePorts = { oldAt: 13306, newAt: 13307 }

/** The move that the lab is made for, as a person would fill it in. */
export function labMove(state: LabState): Move {
  const entries = (site: 'old' | 'new'): ServerEntry[] =>
    state.addresses.hosts
      .filter((host) => host.site === site && (site === 'old' || host.role !== 'worker'))
      .map((host) => serverEntry(state, host))
  const oldDb = hostNamed(state, 'old-db')
  const newDb = hostNamed(state, 'new-db')
  return moveSchema.parse({
    format: 'siteswap.move',
    version: 2,
    id: `lab-${state.id}`,
    name: `Lab shop (${state.flavour})`,
    createdAt: Date.now(),
    old: { name: 'London', servers: entries('old') },
    new: { name: 'Brno', servers: entries('new') },
    pairs: ['db', 'web1', 'web2'].map((role) => ({ old: `old-${role}`, new: `new-${role}` })),
    bridge: {
      user: state.ssh.user,
      sshHost: oldDb.fromOtherSite,
      sshPort: oldDb.sshPort,
      authorizedKeysPath: authorizedKeysOf(state, 'old-db'),
      directory: join(homeOf(state, 'new-db'), '.siteswap'),
      oldAt: { host: newDb.address, port: bridgePorts.oldAt },
      newAt: { host: oldDb.address, port: bridgePorts.newAt }
    },
    domains: [labDomain(state)],
    schemas: ['shop'],
    canary: { perSecond: 20, hosts: [] }
  })
}

function hop(state: LabState, host: LabHost): Hop {
  return {
    host: host.fromOperator,
    port: host.sshPort,
    user: state.ssh.user,
    auth: { kind: 'key', path: state.ssh.keyFile, passphrase: false }
  }
}

function serverEntry(state: LabState, host: LabHost): ServerEntry {
  const bastion = hostNamed(state, `${host.site}-bastion`)
  const own = hop(state, host)
  // behind the bastion a host is reached at its own address
  const ssh = host.role === 'bastion' ? [own] : [hop(state, bastion), { ...own, host: host.address }]
  const base = { id: host.name, name: host.name, ssh, addresses: [host.address], note: '' }
  if (host.role === 'db') {
    const { user } = state.accounts.admin
    const database = {
      host: host.address,
      port: state.addresses.databasePort,
      via: 'ssh' as const,
      user,
      tls: { mode: 'disabled' as const }
    }
    return { ...base, kind: 'database', database, redirect: { kind: 'none' } }
  }
  if (host.role === 'bastion') return { ...base, kind: 'other', redirect: { kind: 'none' } }
  // each end of the bridge stands on its own site's database address, so the port is all that changes
  const direct = `db_port=${state.addresses.databasePort}`
  const edit =
    host.site === 'old'
      ? { find: direct, replace: `db_port=${bridgePorts.newAt}` }
      : { find: `db_port=${bridgePorts.oldAt}`, replace: direct }
  return {
    ...base,
    kind: host.role === 'web' ? 'web' : 'other',
    redirect: {
      kind: 'file',
      path: shopConfigPath(state, host.name),
      edits: [edit],
      reload: reloadCommand(state, host.name)
    }
  }
}

function labDomain(state: LabState): Domain {
  const { addresses, dns } = state
  const webs = (site: 'old' | 'new') =>
    addresses.hosts.filter((host) => host.site === site && host.role === 'web').map((host) => host.fromOperator)
  return {
    name: dns.name,
    type: 'A',
    oldValues: webs('old'),
    newValues: webs('new'),
    ttlSeconds: dns.ttlSeconds,
    authoritative: [{ host: addresses.authority, port: addresses.dnsPort }],
    resolvers: [{ name: 'lab resolver', host: addresses.resolver, port: addresses.dnsPort }],
    update: {
      kind: 'rfc2136',
      server: addresses.authority,
      port: addresses.dnsPort,
      zone: dns.zone,
      keyName: dns.keyName,
      algorithm: dns.keyAlgorithm
    }
  }
}

/** The lab's throw-away secrets by the refs the app uses. */
export function labSecrets(state: LabState): Record<SecretRef, string> {
  const { accounts, ssh, dns, addresses } = state
  const secrets: Record<SecretRef, string> = {
    [databaseSecret('old-db')]: accounts.admin.password,
    [databaseSecret('new-db')]: accounts.admin.password,
    [dnsSecret(dns.name)]: dns.keySecret
  }
  // for a move that signs in with the protected key or the password instead
  for (const host of addresses.hosts) {
    for (const step of [0, 1]) {
      secrets[sshPassphraseSecret(host.name, step)] = ssh.passphrase
      if (ssh.password) secrets[sshPasswordSecret(host.name, step)] = ssh.password
    }
  }
  return secrets
}

/** The environment variables from which the headless command reads the same secrets. */
export function labSecretEnv(state: LabState): Record<string, string> {
  return Object.fromEntries(Object.entries(labSecrets(state)).map(([ref, value]) => [secretEnvName(ref), value]))
}

/** Writes the move file, the secrets as JSON (ref → value), and as shell lines for `. DIR/secrets.env`. */
export function writeMove(state: LabState): void {
  writeFileSync(state.movePath, `${JSON.stringify(labMove(state), null, 2)}\n`, { mode: 0o600 })
  writeFileSync(state.secretsPath, `${JSON.stringify(labSecrets(state), null, 2)}\n`, { mode: 0o600 })
  const lines = Object.entries(labSecretEnv(state)).map(([name, value]) => `export ${name}='${value}'`)
  writeFileSync(join(state.dir, 'secrets.env'), `${lines.join('\n')}\n`, { mode: 0o600 })
}
