import type { tlsModes } from '../../shared/move'
import { emptyFound, type Found, portOf, textOf } from './found'
import type { OptionLine } from './option-lines'

type TlsMode = (typeof tlsModes)[number]

/** Options of one group, the last one of a name counts. */
export type OptionGroup = Map<string, string | null>

/** The options of each group, in the order in which the groups come. */
export const groupsOf = (lines: readonly OptionLine[]): Map<string, OptionGroup> => {
  const groups = new Map<string, OptionGroup>()
  let now: OptionGroup | null = null
  for (const line of lines) {
    if (line.kind === 'group') {
      now = groups.get(line.name) ?? new Map()
      groups.set(line.name, now)
    } else if (line.kind === 'option') now?.set(line.name, line.value)
  }
  return groups
}

/** Groups that the command line client reads in any case; they make one connection together. */
const usual = ['client', 'client-server', 'client-mariadb', 'mysql', 'mariadb-client']
/** Groups of other programs, which say nothing about a connection. */
const others = /^(mysqld.*|mariadbd?|server|embedded|galera|mysqldump|mariadb-dump|mysqladmin|.+-\d+\.\d+)$/i
const telling = ['host', 'user', 'password', 'socket', 'port']

const on = (value: string | null | undefined): boolean => value !== undefined && !/^(0|off|false)$/i.test(value ?? '')

/** TLS as MySQL's and MariaDB's clients would speak it with these options. */
export const tlsOf = (options: OptionGroup): Found['tls'] => {
  const files = {
    caPath: textOf(options.get('ssl-ca')),
    certPath: textOf(options.get('ssl-cert')),
    keyPath: textOf(options.get('ssl-key'))
  }
  const named: Record<string, TlsMode> = {
    DISABLED: 'disabled',
    PREFERRED: 'preferred',
    REQUIRED: 'required',
    VERIFY_CA: 'verify-ca',
    VERIFY_IDENTITY: 'verify-identity'
  }
  const mode = named[(options.get('ssl-mode') ?? '').toUpperCase().replaceAll('-', '_')]
  if (mode) return { mode, ...files }
  if (options.has('skip-ssl') || (options.has('ssl') && !on(options.get('ssl')))) return { mode: 'disabled', ...files }
  if (on(options.get('ssl-verify-server-cert'))) return { mode: 'verify-identity', ...files }
  if (files.caPath) return { mode: 'verify-ca', ...files }
  if (on(options.get('ssl')) || files.certPath) return { mode: 'required', ...files }
  return { mode: 'preferred', ...files }
}

/** The connection that a group's options describe. */
export const foundOf = (source: Found['source'], name: string, options: OptionGroup): Found => {
  const host = textOf(options.get('host'))
  const socket = textOf(options.get('socket'))
  // As the client does it: the name localhost means the socket.
  const bySocket = socket !== null && (host === null || host === 'localhost')
  const secret = options.get('password') ?? null
  const found = emptyFound(source, name)
  const leftOut = [...options.keys()].filter((option) =>
    /^(protocol|plugin-dir|default-auth|tls-version)$/.test(option)
  )
  return {
    ...found,
    host: host === null || host === 'localhost' ? '127.0.0.1' : host,
    port: portOf(options.get('port') ?? undefined, 3306),
    socketPath: bySocket && socket.startsWith('/') ? socket : null,
    user: textOf(options.get('user')),
    tls: tlsOf(options),
    password: secret ? 'stored' : 'none',
    leftOut,
    secret: secret || null
  }
}

/** The connections of an option file: the usual client groups together, then each group that names one of its own. */
export const connectionsOf = (groups: Map<string, OptionGroup>): Found[] => {
  const together: OptionGroup = new Map()
  for (const name of usual) for (const [option, value] of groups.get(name) ?? []) together.set(option, value)
  const present = usual.filter((name) => groups.has(name)).map((name) => `[${name}]`)
  const first = telling.some((option) => together.has(option))
    ? [foundOf('option-file', present.join(' '), together)]
    : []
  const alone = [...groups].filter(
    ([name, options]) => !usual.includes(name) && !others.test(name) && telling.some((option) => options.has(option))
  )
  return [
    ...first,
    ...alone.map(([name, options]) => {
      // A group with a suffix, as --defaults-group-suffix chooses it, is read on top of [client].
      const base = name.startsWith('client') ? (groups.get('client') ?? []) : []
      return foundOf('option-file', `[${name}]`, new Map([...base, ...options]))
    })
  ]
}

/** The connections of a login path file: every group is one. */
export const loginPathsOf = (groups: Map<string, OptionGroup>): Found[] =>
  [...groups].map(([name, options]) => foundOf('login-path', name, options))
