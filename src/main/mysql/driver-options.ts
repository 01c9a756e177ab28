import { isUtf8 } from 'node:buffer'
import type { Duplex } from 'node:stream'
import type { ConnectionOptions, SslOptions } from 'mysql2'
import type { DatabaseEndpoint } from '../../shared/move'
import type { AnswerLimits } from './answer-guard'
import { signInPlugins } from './auth-plugins'
import type { Greeting } from './greeting'

/** PEM texts for TLS, read and looked at by the caller. */
export interface TlsFiles {
  ca?: string
  cert?: string
  key?: string
}

/** What a session is opened with. The stream is connected already: this room never dials. */
export interface SessionTarget {
  /** Purpose, unique per server: `observe`, `hold` … */
  name: string
  /** Server id in the move. */
  server: string
  /** For messages: `app@10.0.0.5:3306 through old-db1`. */
  label: string
  stream: Duplex
  user: string
  password: string
  /** Host name the certificate is checked against, unless `tls.serverName` says another. */
  host: string
  tls: DatabaseEndpoint['tls']
  /** PEM text of the CA, read by the caller. */
  ca?: string
  /** PEM texts of the client certificate and its key. */
  cert?: string
  key?: string
  /** The stream runs inside SSH or never leaves this computer: an RSA key that nobody vouches for will do. */
  trusted: boolean
  /** The stream ends in the server's unix socket. */
  socket?: boolean
  /** The line ends on the very host of the database: its socket, or its loopback. */
  local?: boolean
  packets?: boolean
  deadlineMs?: number
  signal?: AbortSignal
  /** Called with what the server says of itself, before anything is sent. */
  onGreeting?: (version: string, greeting: Greeting) => void
  /** Values to keep out of words, besides the password. */
  secrets?: () => readonly string[]
  /** Default: `answerLimits`. */
  limits?: AnswerLimits
}

/** What is made sure of before the password goes out. */
export type TlsCheck = 'nothing' | 'ca' | 'identity'

/** What TLS will be spoken with a server that greets like this; null: none. */
export const tlsCheck = ({ tls }: Pick<SessionTarget, 'tls'>, offersTls: boolean): TlsCheck | null => {
  switch (tls.mode) {
    case 'disabled':
      return null
    case 'preferred':
      return offersTls ? 'nothing' : null
    case 'required':
      return 'nothing'
    case 'verify-ca':
      return 'ca'
    case 'verify-identity':
      return 'identity'
  }
}

const tlsOptions = (target: SessionTarget, check: TlsCheck): SslOptions => ({
  minVersion: 'TLSv1.2',
  rejectUnauthorized: check !== 'nothing',
  verifyIdentity: check === 'identity',
  ...(target.ca === undefined || check === 'nothing' ? {} : { ca: target.ca }),
  ...(target.cert === undefined ? {} : { cert: target.cert }),
  ...(target.key === undefined ? {} : { key: target.key })
})

/** The name or address that the server's certificate must bear. */
export const nameInCertificate = ({ tls, host }: Pick<SessionTarget, 'tls' | 'host'>): string => tls.serverName ?? host

/** Values as text: what is valid UTF-8 stands as it is, other bytes (BINARY(16) keys, hashes) as `0x…` in upper-case hex. */
export const decodeValue = (bytes: Buffer | null): string | null =>
  bytes === null ? null : isUtf8(bytes) ? bytes.toString('utf8') : `0x${bytes.toString('hex').toUpperCase()}`

/** Everything the driver is told, in one place: rows as arrays of text, no local files, no clear passwords, no compression. */
export const driverOptions = (target: SessionTarget, check: TlsCheck | null): ConnectionOptions => ({
  stream: target.stream,
  user: target.user,
  password: target.password,
  host: nameInCertificate(target),
  ssl: check === null ? undefined : tlsOptions(target, check),
  charset: 'utf8mb4',
  rowsAsArray: true,
  // Code generated from column names is refused by the app's runtime rules, and needless.
  disableEval: true,
  typeCast: (field) => decodeValue(field.buffer()),
  multipleStatements: target.packets === true,
  flags: ['-LOCAL_FILES', '-ODBC', '-FOUND_ROWS', '-COMPRESS'],
  connectTimeout: 0,
  connectAttributes: { program_name: 'siteswap' },
  authPlugins: signInPlugins({
    label: target.label,
    user: target.user,
    password: target.password,
    trusted: target.trusted,
    socket: target.socket === true,
    local: target.local === true,
    tls: check === null ? 'none' : check === 'nothing' ? 'unverified' : 'verified'
  })
})
