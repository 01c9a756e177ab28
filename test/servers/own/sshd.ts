import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endProcesses, isRunning, type LabProcess, startDaemon, tailOf, untilReady } from '../../lab/processes'
import { freePort } from './free-port'

export interface OwnSshd {
  port: number
  dir: string
  authorizedKeys: string
  /** `type base64` of a host key by its type. */
  hostKey(type: string): string
  log(): string
  pid: number
  running(): boolean
  stop(): Promise<void>
}

export interface KeyOptions {
  type?: string
  passphrase?: string
  bits?: number
  format?: string
}

/** Makes a key pair and answers the path of the private one. */
export const makeKey = (path: string, options: KeyOptions = {}): string => {
  const argv = ['-q', '-t', options.type ?? 'ed25519', '-N', options.passphrase ?? '', '-C', 'test', '-f', path]
  if (options.bits) argv.push('-b', String(options.bits))
  if (options.format) argv.push('-m', options.format)
  execFileSync('ssh-keygen', argv)
  return path
}

/** Makes an authority that vouches for a server's ed25519 key under a name; answers the authority's `type base64`. */
export const certifyHost = (sshd: OwnSshd, authorityPath: string, name: string): string => {
  const authority = makeKey(authorityPath)
  const argv = ['-q', '-s', authority, '-I', 'host', '-h', '-n', name, join(sshd.dir, 'host_ed25519.pub')]
  execFileSync('ssh-keygen', argv)
  return publicHalf(`${authority}.pub`)
}

const publicHalf = (file: string): string => readFileSync(file, 'utf8').split(' ').slice(0, 2).join(' ')

/** A real sshd of this test alone, with host keys of the given types. */
export const startOwnSshd = async (
  options: {
    port?: number
    keyTypes?: string[]
    lines?: string[]
    last?: string[]
    dir?: string
    /** Elsewhere than on this computer's loopback: its address there, and what stands before the program to get it there. */
    at?: { address: string; prefix: string[] }
  } = {}
): Promise<OwnSshd> => {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'siteswap-sshd-'))
  const logs = join(dir, 'logs')
  mkdirSync(logs, { recursive: true })
  const port = options.port ?? (await freePort())
  const keyTypes = options.keyTypes ?? ['ed25519']
  for (const type of keyTypes) makeKey(join(dir, `host_${type}`), { type })
  const authorizedKeys = join(dir, 'authorized_keys')
  writeFileSync(authorizedKeys, '', { mode: 0o600, flag: 'a' })
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
  const lines = [
    ...(options.lines ?? []),
    `Port ${port}`,
    `ListenAddress ${options.at?.address ?? '127.0.0.1'}`,
    ...keyTypes.map((type) => `HostKey ${join(dir, `host_${type}`)}`),
    `AuthorizedKeysFile ${authorizedKeys}`,
    `PidFile ${join(dir, 'sshd.pid')}`,
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin yes',
    'StrictModes no',
    'UseDNS no',
    'MaxSessions 50',
    'MaxStartups 50',
    'LogLevel VERBOSE',
    // Match blocks reach to the end of the file.
    ...(options.last ?? [])
  ]
  writeFileSync(join(dir, 'sshd_config'), `${lines.join('\n')}\n`)
  const daemon: LabProcess = await startDaemon({
    name: 'sshd',
    argv: [...(options.at?.prefix ?? []), '/usr/sbin/sshd', '-D', '-e', '-f', join(dir, 'sshd_config')],
    logDir: logs,
    labId: `own-${process.pid}`
  })
  const log = () => tailOf(join(logs, 'sshd.log'), 400)
  await untilReady(daemon, logs, () => log().includes('Server listening'), 10_000)
  return {
    port,
    dir,
    authorizedKeys,
    hostKey: (type) => publicHalf(join(dir, `host_${type}.pub`)),
    log,
    pid: daemon.pid,
    running: () => isRunning(daemon),
    stop: async () => {
      await endProcesses([daemon.pid], 5_000)
      rmSync(dir, { recursive: true, force: true })
    }
  }
}
