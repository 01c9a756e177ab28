import { hostName, type tlsModes } from './move'

type TlsMode = (typeof tlsModes)[number]

/** A database address as applications write it, taken apart. */
export interface Dsn {
  host: string
  port: number
  /** Absolute path, or null. */
  socketPath: string | null
  user: string | null
  password: string | null
  /** Mode null: nothing is said about TLS. */
  tls: { mode: TlsMode | null; caPath: string | null; certPath: string | null; keyPath: string | null }
  /** Only the first of several hosts is read. */
  severalHosts: boolean
}

const schemes = /^(?:jdbc:)?(mysqlx?|mysql2|mariadb|mysql\+\w+|mariadb\+\w+):\/\//i
const longest = 4000

/** What the many clients call the same five modes. */
const modes: Record<string, TlsMode> = {
  disable: 'disabled',
  disabled: 'disabled',
  false: 'disabled',
  '0': 'disabled',
  preferred: 'preferred',
  prefer: 'preferred',
  required: 'required',
  require: 'required',
  trust: 'required',
  true: 'required',
  '1': 'required',
  'skip-verify': 'required',
  'verify-ca': 'verify-ca',
  'verify-identity': 'verify-identity',
  'verify-full': 'verify-identity'
}

const decoded = (text: string | undefined): string | null => {
  if (text === undefined || text === '') return null
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Parameters by a name without dashes, underscores and capitals. */
const parametersOf = (query: string | undefined): Map<string, string> => {
  const parameters = new Map<string, string>()
  for (const piece of (query ?? '').split('&')) {
    const at = piece.indexOf('=')
    const name = (at < 0 ? piece : piece.slice(0, at)).toLowerCase().replace(/[-_.]/g, '')
    if (name !== '') parameters.set(name, at < 0 ? '' : (decoded(piece.slice(at + 1).replaceAll('+', ' ')) ?? ''))
  }
  return parameters
}

const tlsOf = (parameters: Map<string, string>): Dsn['tls'] => {
  const take = (...names: string[]) =>
    names.map((name) => parameters.get(name)?.trim()).find((value) => value !== undefined && value !== '') ?? null
  const caPath = take('sslca', 'sslrootcert', 'serversslcert', 'tlsca')
  const files = {
    caPath,
    certPath: take('sslcert', 'clientsslcert', 'tlscert'),
    keyPath: take('sslkey', 'clientsslkey', 'tlskey')
  }
  const asked = take('sslmode', 'tlsmode', 'tls', 'usessl', 'ssl')
  const named = asked === null ? undefined : modes[asked.toLowerCase().replaceAll('_', '-')]
  const verified = /^(1|true)$/i.test(parameters.get('verifyservercertificate') ?? '')
  if (verified && named === 'required') return { mode: 'verify-ca', ...files }
  return { mode: named ?? (caPath ? 'verify-ca' : null), ...files }
}

const portOf = (text: string | undefined): number => {
  const port = Number(text ?? '3306')
  return port >= 1 && port <= 65_535 ? port : 3306
}

/** Reads `mysql://user:password@host:3306/shop?ssl-mode=VERIFY_CA` and its many relatives. Null when it is none of them. */
export const readDsn = (text: string): Dsn | null => {
  const trimmed = text.trim()
  const scheme = schemes.exec(trimmed)
  if (!scheme || trimmed.length > longest || /\s/.test(trimmed)) return null
  const match = /^([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?/.exec(trimmed.slice(scheme[0].length))
  const authority = match?.[1] ?? ''
  // A password may hold an @ that nobody escaped: the last one ends it.
  const at = authority.lastIndexOf('@')
  const account = at < 0 ? '' : authority.slice(0, at)
  const places = authority.slice(at + 1).split(',')
  const where = /^(?:\[([0-9a-f:.]+)\]|([^:]*))(?::(\d+))?$/i.exec(places[0] ?? '')
  if (!where) return null
  const host = where[1] ?? decoded(where[2]) ?? 'localhost'
  if (!hostName.safeParse(host).success) return null
  const parameters = parametersOf(match?.[3])
  const colon = account.indexOf(':')
  const socket = parameters.get('socket') ?? parameters.get('unixsocket') ?? parameters.get('socketpath')
  return {
    host,
    port: portOf(where[3]),
    socketPath: socket?.startsWith('/') ? socket : null,
    user: decoded(colon < 0 ? account : account.slice(0, colon)) ?? (parameters.get('user') || null),
    password: (colon < 0 ? null : decoded(account.slice(colon + 1))) ?? (parameters.get('password') || null),
    tls: tlsOf(parameters),
    severalHosts: places.length > 1
  }
}
