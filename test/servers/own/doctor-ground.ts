import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { KnownHostsFiles } from '../../../src/main/ssh/known-hosts-file'
import type { DoctorLayer } from '../../../src/shared/doctor'
import type { Hop, ServerEntry, SshAuth } from '../../../src/shared/move'
import { until } from '../../lab/processes'
import { type OwnAgent, startOwnAgent } from './agent'
import { type OwnDatabase, startOwnDatabase } from './database'
import { freePort } from './free-port'
import { type OddPorts, startOddPorts } from './odd-ports'
import { makeKey, type OwnSshd, startOwnSshd } from './sshd'

/** Ways in which one sshd differs from port to port. */
const gates = {
  plain: [],
  noForward: ['AllowTcpForwarding no', 'AllowStreamLocalForwarding no'],
  elsewhere: ['PermitOpen 127.0.0.1:1'],
  fewTries: ['MaxAuthTries 2'],
  twoProofs: ['AuthenticationMethods publickey,password', 'PasswordAuthentication yes'],
  passwords: ['PasswordAuthentication yes'],
  leftOut: ['DenyUsers *'],
  forced: ['ForceCommand echo no shell for you; exit 3'],
  noSession: ['MaxSessions 0']
} as const
export type Gate = keyof typeof gates
const gateNames = Object.keys(gates) as Gate[]

/** Servers that agree on nothing with us, each for another reason. */
const strangers = {
  oldKex: ['KexAlgorithms diffie-hellman-group14-sha1'],
  oldHostKey: ['HostKeyAlgorithms ssh-rsa'],
  oldCipher: ['Ciphers aes128-cbc'],
  oldMac: ['Ciphers aes128-ctr', 'MACs hmac-sha1'],
  crowded: ['MaxStartups 1']
} as const
export type StrangeSshd = keyof typeof strangers

/** Accounts of this computer that cannot be used fully; made when the test is root. */
export type OddAccount = 'expired' | 'locked' | 'nologin' | 'usual'

export interface Ground {
  dir: string
  user: string
  ports: Record<Gate, number>
  strange: Record<StrangeSshd, OwnSshd>
  host: OwnSshd
  known: KnownHostsFiles
  /** Holds a key that nobody wants. */
  agent: OwnAgent
  /** Holds more of them than a server tries. */
  fullAgent: OwnAgent
  odd: OddPorts
  mariadb: OwnDatabase
  mysql: OwnDatabase
  /** A MariaDB that nobody may enter by TCP, and whose clock is wrong. */
  strict: OwnDatabase
  accounts: Record<OddAccount, string>
  key(name: 'good' | 'stranger' | 'locked' | 'narrow'): string
  /** Writes a file and answers its path. */
  file(name: string, text: string): string
  /** A hop to a port of this computer; by the good key unless said otherwise. */
  hop(port: number, more?: Partial<Hop>): Hop
  byKey(path: string, passphrase?: boolean): SshAuth
  hostKeyLine(port: number, key: string): string
  gateHostKey: string
  stop(): Promise<void>
}

/** One thing that can be wrong, and what the doctor is to say of it. */
export interface Situation {
  given: string
  entry(ground: Ground): ServerEntry
  /** Beside the usual ones, by secret name. */
  secrets?: Record<string, string>
  known?(ground: Ground): KnownHostsFiles
  agent?(ground: Ground): string | undefined
  layer: DoctorLayer
  hop?: number
  /** Default: failed. */
  state?: 'warn'
  says: RegExp
  tries: RegExp
  /** Brings it about and answers what takes it back. */
  during?(ground: Ground): Promise<() => Promise<void> | void>
  /** For each layer; only where it is to run out. */
  deadlineMs?: number
}

const isRoot = process.getuid?.() === 0

const makeAccounts = (accounts: Record<OddAccount, string>) => {
  const add = (name: string, ...more: string[]) =>
    execFileSync('useradd', ['--no-create-home', '--home-dir', '/tmp', '--shell', '/bin/sh', ...more, name])
  add(accounts.expired, '--expiredate', '2001-01-01')
  add(accounts.locked)
  add(accounts.nologin, '--shell', '/usr/sbin/nologin')
  add(accounts.usual)
  execFileSync('chpasswd', [], {
    input: Object.values(accounts)
      .map((name) => `${name}:correct horse\n`)
      .join('')
  })
  execFileSync('usermod', ['--lock', accounts.locked])
}

/** Starts every server that the situations share. */
export const startGround = async (): Promise<Ground> => {
  const dir = mkdtempSync(join(tmpdir(), 'siteswap-doctor-'))
  const key = (name: string) => join(dir, name)
  for (const name of ['good', 'stranger', 'narrow']) makeKey(key(name))
  makeKey(key('locked'), { passphrase: 'open sesame' })
  const accounts = Object.fromEntries(
    (['expired', 'locked', 'nologin', 'usual'] as const).map((kind) => [kind, `sw${kind.slice(0, 3)}${process.pid}`])
  ) as Record<OddAccount, string>
  if (isRoot) makeAccounts(accounts)
  // A new account has a plain shell: what one's own reads at its start may take seconds.
  const user = isRoot ? accounts.usual : userInfo().username
  const freed = await Promise.all(gateNames.map(freePort))
  const ports = Object.fromEntries(gateNames.map((name, index) => [name, freed[index] ?? 0])) as Record<Gate, number>
  const more = gateNames.slice(1)
  const gateSshd = startOwnSshd({
    port: ports.plain,
    lines: more.map((name) => `Port ${ports[name]}`),
    last: more.flatMap((name) => [`Match LocalPort ${ports[name]}`, ...gates[name]])
  })
  const fakeTime = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
  const [gate, host, odd, agent, fullAgent, mariadb, mysql, strict, ...others] = await Promise.all([
    gateSshd,
    startOwnSshd(),
    startOddPorts(),
    startOwnAgent(),
    startOwnAgent(),
    startOwnDatabase('m1011'),
    startOwnDatabase('my97'),
    startOwnDatabase('m1011', {
      env: { LD_PRELOAD: fakeTime.join(':'), FAKETIME: '+75s', DONT_FAKE_MONOTONIC: '1' }
    }),
    ...Object.entries(strangers).map(([name, lines]) =>
      startOwnSshd({ last: [...lines], keyTypes: name === 'oldHostKey' ? ['rsa'] : ['ed25519'] })
    )
  ])
  const strange = Object.fromEntries(
    Object.keys(strangers).map((name, index) => [name, others[index]])
  ) as Ground['strange']
  const good = readFileSync(`${key('good')}.pub`, 'utf8')
  const narrow = `restrict,permitopen="127.0.0.1:1" ${readFileSync(`${key('narrow')}.pub`, 'utf8')}`
  agent.add(key('stranger'))
  for (const name of ['spare1', 'spare2', 'spare3', 'spare4']) fullAgent.add(makeKey(key(name)))
  for (const sshd of [gate, host, ...others]) {
    writeFileSync(sshd.authorizedKeys, good + narrow)
    // sshd reads it as the account that signs in.
    chmodSync(sshd.dir, 0o755)
    chmodSync(sshd.authorizedKeys, 0o644)
  }
  const hostKeyLine = (port: number, hostKey: string) => `[127.0.0.1]:${port} ${hostKey}\n`
  const write = join(dir, 'known_hosts')
  const lines = [
    ...Object.values(ports).map((port) => hostKeyLine(port, gate.hostKey('ed25519'))),
    hostKeyLine(host.port, host.hostKey('ed25519'))
  ]
  writeFileSync(write, lines.join(''))
  mkdirSync(join(dir, 'folder'))
  return {
    dir,
    user,
    ports,
    strange,
    host,
    known: { read: [], write },
    agent,
    fullAgent,
    odd,
    mariadb,
    mysql,
    strict,
    accounts,
    key,
    file: (name, text) => {
      writeFileSync(join(dir, name), text, { mode: 0o600 })
      return join(dir, name)
    },
    hop: (port, hop) => ({
      host: '127.0.0.1',
      port,
      user,
      auth: { kind: 'key', path: key('good'), passphrase: false },
      ...hop
    }),
    byKey: (path, passphrase = false) => ({ kind: 'key', path, passphrase }),
    hostKeyLine,
    gateHostKey: gate.hostKey('ed25519'),
    stop: async () => {
      agent.stop()
      fullAgent.stop()
      await odd.stop()
      const all = [gate, host, mariadb, mysql, strict, ...others]
      await Promise.all(all.map((server) => server.stop()))
      if (isRoot)
        for (const name of Object.values(accounts))
          await until(() => spawnSync('userdel', ['--force', name]).status === 0, 60_000, 'an account is in use', 100)
      rmSync(dir, { recursive: true, force: true })
    }
  }
}

/** Holds a connection open that never signs in. */
export const loiter = async (port: number): Promise<Socket> => {
  const socket = connect({ host: '127.0.0.1', port }).on('error', () => undefined)
  await new Promise((resolve) => socket.once('data', resolve))
  return socket
}
