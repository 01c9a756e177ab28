import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { LabHost } from './hosts'
import { onHost } from './network'
import { type LabProcess, labMark, startDaemon, tailOf, untilReady } from './processes'
import { runCommand } from './run-command'
import type { Software } from './software'
import { hostDir, type LabState, logDir } from './state'

const shellWord = (word: string): string => `'${word.replace(/'/g, `'\\''`)}'`

/** The home folder of the SSH user on one host of the lab. */
export const homeOf = (state: LabState, host: string): string => join(hostDir(state.dir, host), 'home')

/** The authorized_keys file of one host. */
export const authorizedKeysOf = (state: LabState, host: string): string =>
  join(homeOf(state, host), '.ssh', 'authorized_keys')

/** Makes the operator's keys, every host's key and the operator's known_hosts. */
export async function makeKeys(state: LabState): Promise<void> {
  const { ssh, addresses } = state
  mkdirSync(join(state.dir, 'keys'), { recursive: true, mode: 0o700 })
  const keygen = async (path: string, passphrase: string, comment: string): Promise<void> => {
    await runCommand(['ssh-keygen', '-q', '-t', 'ed25519', '-N', passphrase, '-C', comment, '-f', path])
  }
  await Promise.all([
    keygen(ssh.keyFile, '', 'lab operator'),
    keygen(ssh.protectedKeyFile, ssh.passphrase, 'lab operator, protected'),
    ...addresses.hosts.map(async (host) => {
      mkdirSync(hostDir(state.dir, host.name), { recursive: true })
      await keygen(join(hostDir(state.dir, host.name), 'host_key'), '', host.name)
    })
  ])
  const known = addresses.hosts.flatMap((host) => {
    const [type, key] = readFileSync(join(hostDir(state.dir, host.name), 'host_key.pub'), 'utf8').split(' ')
    const names = new Set([host.address, host.fromOperator, host.fromOtherSite])
    return [...names].map((name) => `${host.sshPort === 22 ? name : `[${name}]:${host.sshPort}`} ${type} ${key}`)
  })
  writeFileSync(ssh.knownHosts, `${known.join('\n')}\n`, { mode: 0o600 })
  writeFileSync(ssh.emptyKnownHosts, '', { mode: 0o600 })
}

/** The SSH user's database line and password for a host, seen by its processes only. */
async function writePrivateEtc(state: LabState, host: LabHost): Promise<void> {
  const etc = join(hostDir(state.dir, host.name), 'etc')
  mkdirSync(etc, { recursive: true })
  const passwd = readFileSync('/etc/passwd', 'utf8').replace(
    /^root:.*$/m,
    `root:x:0:0:root:${homeOf(state, host.name)}:/bin/bash`
  )
  writeFileSync(join(etc, 'passwd'), passwd)
  const script = 'my ($word, $salt) = split /\\n/, do { local $/; <STDIN> }; print crypt($word, "\\$6\\$$salt\\$")'
  const hash = await runCommand(['perl', '-e', script], { input: `${state.ssh.password}\n${state.id}salt\n` })
  const shadow = readFileSync('/etc/shadow', 'utf8').replace(/^root:[^:]*:/m, () => `root:${hash}:`)
  writeFileSync(join(etc, 'shadow'), shadow, { mode: 0o600 })
}

/** Wrapper programs, so that the flavour's own client tools are found first: application hosts have a client too. */
function writeTools(state: LabState, host: LabHost, software: Software): string {
  const bin = join(hostDir(state.dir, host.name), 'bin')
  mkdirSync(bin, { recursive: true })
  for (const [name, argv] of Object.entries(software.tools)) {
    const path = join(bin, name)
    const suffix = software.toolSuffix.map((word) => ` ${shellWord(word)}`).join('')
    writeFileSync(path, `#!/bin/sh\nexec ${argv.map(shellWord).join(' ')} "$@"${suffix}\n`)
    chmodSync(path, 0o755)
  }
  return bin
}

/** Starts a real sshd for one host of the lab. */
export async function startSshd(state: LabState, host: LabHost, software: Software): Promise<LabProcess> {
  const dir = hostDir(state.dir, host.name)
  const home = homeOf(state, host.name)
  mkdirSync(join(home, '.ssh'), { recursive: true, mode: 0o700 })
  const publicKeys = [state.ssh.keyFile, state.ssh.protectedKeyFile].map((path) => readFileSync(`${path}.pub`, 'utf8'))
  writeFileSync(authorizedKeysOf(state, host.name), publicKeys.join(''), { mode: 0o600 })
  if (state.mode === 'netns') await writePrivateEtc(state, host)
  const bin = writeTools(state, host, software)
  const search = `${bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`
  const lines = [
    `Port ${host.sshPort}`,
    `ListenAddress ${host.address}`,
    `HostKey ${join(dir, 'host_key')}`,
    `AuthorizedKeysFile ${authorizedKeysOf(state, host.name)}`,
    `PidFile ${join(dir, 'sshd.pid')}`,
    'UsePAM no',
    `PasswordAuthentication ${state.mode === 'netns' ? 'yes' : 'no'}`,
    'KbdInteractiveAuthentication no',
    'PermitRootLogin yes',
    'StrictModes no',
    'UseDNS no',
    'PrintMotd no',
    'MaxStartups 100:30:200',
    'MaxSessions 100',
    'AllowTcpForwarding yes',
    'AllowStreamLocalForwarding yes',
    'GatewayPorts clientspecified',
    'ClientAliveInterval 5',
    'ClientAliveCountMax 3',
    'LogLevel VERBOSE',
    'Subsystem sftp internal-sftp',
    // only the first SetEnv line counts
    `SetEnv PATH=${search} HOME=${home} ${labMark}=${state.id}`
  ]
  const config = join(dir, 'sshd_config')
  writeFileSync(config, `${lines.join('\n')}\n`)
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
  const name = `${host.name}-sshd`
  const argv = onHost(state, host.name, ['/usr/sbin/sshd', '-D', '-e', '-f', config])
  const daemon = await startDaemon({ name, argv, logDir: logDir(state.dir), labId: state.id })
  // its own log says when it listens: in namespaces its port cannot be tried from here
  await untilReady(
    daemon,
    logDir(state.dir),
    () => tailOf(join(logDir(state.dir), `${name}.log`)).includes('Server listening'),
    10_000
  )
  return daemon
}

/** Who signs in over SSH: root in namespaces, otherwise whoever started the lab. */
export const sshUser = (): string => userInfo().username
