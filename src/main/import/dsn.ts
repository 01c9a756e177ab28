import { hostName, type tlsModes } from '../../shared/move'
import { emptyFound, type Found, portOf, textOf } from './found'

type TlsMode = (typeof tlsModes)[number]

const schemes = /^(?:jdbc:)?(mysqlx?|mysql2|mariadb|mysql\+\w+|mariadb\+\w+):\/\//i

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
  for (const [name, value] of new URLSearchParams(query ?? ''))
    parameters.set(name.toLowerCase().replace(/[-_.]/g, ''), value)
  return parameters
}

const tlsOf = (parameters: Map<string, string>): Found['tls'] => {
  const take = (...names: string[]) =>
    names.map((name) => textOf(parameters.get(name))).find((value) => value !== null) ?? null
  const caPath = take('sslca', 'sslrootcert', 'serversslcert', 'tlsca')
  const certPath = take('sslcert', 'clientsslcert', 'tlscert')
  const keyPath = take('sslkey', 'clientsslkey', 'tlskey')
  const asked = take('sslmode', 'tlsmode', 'tls', 'usessl', 'ssl')
  const named = asked === null ? undefined : modes[asked.toLowerCase().replaceAll('_', '-')]
  const verified = /^(1|true)$/i.test(parameters.get('verifyservercertificate') ?? '')
  const mode = verified && named === 'required' ? 'verify-ca' : (named ?? (caPath ? 'verify-ca' : 'preferred'))
  return { mode, caPath, certPath, keyPath }
}

/** Reads a database address as applications write it: `mysql://user:password@host:3306/shop?ssl-mode=VERIFY_CA`. Null when it is none. */
export const readDsn = (text: string): Found | null => {
  const trimmed = text.trim()
  const scheme = schemes.exec(trimmed)
  if (!scheme || trimmed.length > 4000 || /\s/.test(trimmed)) return null
  const match = /^([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?/.exec(trimmed.slice(scheme[0].length))
  const authority = match?.[1] ?? ''
  // A password may hold an @ that nobody escaped: the last one ends it.
  const at = authority.lastIndexOf('@')
  const account = at < 0 ? '' : authority.slice(0, at)
  const place = authority.slice(at + 1).split(',')[0] ?? ''
  const where = /^(?:\[([0-9a-f:.]+)\]|([^:]*))(?::(\d+))?$/i.exec(place)
  if (!where) return null
  const parameters = parametersOf(match?.[3])
  const colon = account.indexOf(':')
  const user = decoded(colon < 0 ? account : account.slice(0, colon)) ?? textOf(parameters.get('user'))
  const secret = (colon < 0 ? null : decoded(account.slice(colon + 1))) ?? textOf(parameters.get('password'))
  const socket = textOf(parameters.get('socket') ?? parameters.get('unixsocket') ?? parameters.get('socketpath'))
  const host = where[1] ?? decoded(where[2]) ?? 'localhost'
  if (!hostName.safeParse(host).success) return null
  const leftOut = authority.slice(at + 1).includes(',') ? ['Only the first of several hosts is taken.'] : []
  return {
    ...emptyFound('dsn', host),
    host: host === 'localhost' ? '127.0.0.1' : host,
    port: portOf(where[3], 3306),
    socketPath: socket?.startsWith('/') ? socket : null,
    user,
    tls: tlsOf(parameters),
    password: secret === null ? 'none' : 'stored',
    leftOut,
    secret
  }
}
