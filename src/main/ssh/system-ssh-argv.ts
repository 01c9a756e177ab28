import { fail } from '../../shared/failure'
import type { ConfigHop, Hop, SshEntry } from '../../shared/move'
import { literalPath, quotedPath } from './config-value'
import type { Pace } from './pulse'

export interface SystemSshOptions {
  connectTimeoutS: number
  /** How often ssh itself asks for a sign of life. */
  alive: Pace
  /** Instead of the person's own ~/.ssh/config. */
  configFile?: string
  /** Instead of the files that ssh itself would choose. */
  knownHostsFile?: string
}

/** Nothing that ssh, its ProxyCommand or a list of jumps would read as more than a word. */
const wordPattern = /^[^-\s,%!'"`$\\;&|<>(){}[\]*?#~@/][^\s,%!'"`$\\;&|<>(){}[\]*?#@/]*$/u

const word = (text: string, what: string): string => {
  if (wordPattern.test(text)) return text
  throw fail('invalid', `“${text}” cannot be handed to the system’s ssh as ${what}.`, {
    where: text,
    why: 'It looks like an option or holds characters that ssh would act on.',
    try: [`Correct the ${what} in the server’s form.`]
  })
}

const nameOf = (entry: SshEntry) => word(entry.from === 'ssh-config' ? entry.alias : entry.host, 'host name')
const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host)

const jumpOf = (entry: SshEntry): string => {
  const user = entry.user === undefined ? '' : `${word(entry.user, 'user name')}@`
  return `${user}${bracketed(nameOf(entry))}${entry.port === undefined ? '' : `:${entry.port}`}`
}

const option = (name: string, value: string | number): string[] => ['-o', `${name}=${value}`]
const fileList = (files: readonly string[]) => (files.length > 0 ? files.map(quotedPath).join(' ') : 'none')

const typedOptions = (hop: Hop): string[] => {
  const { auth, settings = {} } = hop
  const key =
    auth.kind === 'key' ? [...option('IdentityFile', quotedPath(auth.path)), ...option('IdentitiesOnly', 'yes')] : []
  return [
    ...key,
    ...(settings.identityFiles ?? []).flatMap((file) => option('IdentityFile', quotedPath(file))),
    ...(settings.identitiesOnly ? option('IdentitiesOnly', 'yes') : []),
    ...(settings.identityAgent === undefined ? [] : option('IdentityAgent', quotedPath(settings.identityAgent))),
    ...(settings.hostKeyAlias === undefined ? [] : option('HostKeyAlias', settings.hostKeyAlias)),
    ...(settings.userKnownHostsFiles ? option('UserKnownHostsFile', fileList(settings.userKnownHostsFiles)) : [])
  ]
}

const settingsOf = (entry: SshEntry) => (entry.from === 'ssh-config' ? {} : (entry.settings ?? {}))

const own = (entry: Hop | ConfigHop): string[] => (entry.from === 'ssh-config' ? [] : typedOptions(entry))

/**
 * Everything that makes the system's ssh connect: the person's configuration, and on top of it what Siteswap insists on.
 * It asks nobody anything, takes only known host keys, forwards neither agent nor ports, and runs no local command.
 */
export const connectionArgv = (entries: readonly SshEntry[], options: SystemSshOptions): string[] => {
  const last = entries.at(-1)
  if (!last) throw fail('invalid', 'There is no SSH host to connect to.', { try: ['Add one in the server’s form.'] })
  const jumps = entries.slice(0, -1).map(jumpOf)
  const { serverAliveIntervalS, serverAliveCountMax, connectTimeoutS } = settingsOf(last)
  return [
    ...(options.configFile === undefined ? [] : ['-F', options.configFile]),
    '-T',
    ...option('BatchMode', 'yes'),
    ...option('StrictHostKeyChecking', 'yes'),
    ...option('UpdateHostKeys', 'no'),
    ...option('ForwardAgent', 'no'),
    ...option('ForwardX11', 'no'),
    ...option('ClearAllForwardings', 'yes'),
    ...option('PermitLocalCommand', 'no'),
    ...option('RemoteCommand', 'none'),
    ...option('RequestTTY', 'no'),
    ...option('EscapeChar', 'none'),
    ...option('ServerAliveInterval', serverAliveIntervalS || Math.max(1, Math.round(options.alive.intervalMs / 1000))),
    ...option('ServerAliveCountMax', serverAliveCountMax ?? options.alive.countMax),
    ...option('ConnectTimeout', connectTimeoutS ?? options.connectTimeoutS),
    ...(options.knownHostsFile === undefined ? [] : option('UserKnownHostsFile', literalPath(options.knownHostsFile))),
    ...own(last),
    ...(jumps.length > 0 ? ['-J', jumps.join(',')] : []),
    ...(last.user === undefined ? [] : ['-l', word(last.user, 'user name')]),
    ...(last.port === undefined ? [] : ['-p', String(last.port)])
  ]
}

/** The name that stands after `--`. */
export const destinationOf = (entries: readonly SshEntry[]): string => nameOf(entries.at(-1) as SshEntry)

/** Over a connection that is shared by its control socket. Should the socket be gone, nothing else is reached: port 1 of this computer, with no key known. */
export const sharedArgv = (socket: string): string[] => [
  '-F',
  'none',
  '-T',
  '-S',
  socket,
  ...option('ControlMaster', 'no'),
  ...option('BatchMode', 'yes'),
  ...option('StrictHostKeyChecking', 'yes'),
  ...option('UserKnownHostsFile', 'none'),
  ...option('GlobalKnownHostsFile', 'none'),
  ...option('EscapeChar', 'none'),
  '-p',
  '1'
]

export const sharedDestination = '127.0.0.1'

/** Where a stream of `-W` ends. */
export const forwardTarget = (host: string, port: number): string => `${bracketed(host)}:${port}`
