import { isUtf8 } from 'node:buffer'
import { isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { authPlugins, type ConnectionOptions, type SslOptions } from 'mysql2'
import { fail } from '../../shared/failure'
import type { DatabaseEndpoint } from '../../shared/move'

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
  /** The stream runs inside SSH or never leaves this computer: an RSA key that nobody vouches for will do. */
  trusted: boolean
  packets?: boolean
  deadlineMs?: number
  signal?: AbortSignal
  /** Called with the version in the server's greeting, before anything is sent. */
  onGreeting?: (version: string) => void
  /** Values to keep out of words, besides the password. */
  secrets?: () => readonly string[]
}

const refusePlugin = (plugin: string) => () => () => {
  throw new Error(`plugin ‹${plugin}›`)
}

const tlsOptions = (target: SessionTarget): SslOptions | undefined => {
  const { mode } = target.tls
  if (mode === 'disabled') return undefined
  if (mode === 'required') return { minVersion: 'TLSv1.2', rejectUnauthorized: false }
  if (mode === 'verify-identity' && isIP(target.tls.serverName ?? target.host))
    throw fail('tls', 'A certificate is checked against a name, and this database is given by its address.', {
      where: target.label,
      try: ['Enter the name in the certificate as TLS server name.', 'Or verify the CA only.']
    })
  return {
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    verifyIdentity: mode === 'verify-identity',
    ...(target.ca === undefined ? {} : { ca: target.ca })
  }
}

/** Values as text: what is valid UTF-8 stands as it is, other bytes (BINARY(16) keys, hashes) as `0x…` in upper-case hex. */
export const decodeValue = (bytes: Buffer | null): string | null =>
  bytes === null ? null : isUtf8(bytes) ? bytes.toString('utf8') : `0x${bytes.toString('hex').toUpperCase()}`

/** Everything the driver is told, in one place: rows as arrays of text, no local files, no clear passwords, no compression. */
export const driverOptions = (target: SessionTarget, countBytes: (bytes: number) => void): ConnectionOptions => {
  const ssl = tlsOptions(target)
  const unvouchedKey = () => {
    throw fail('tls', `${target.label} wants the password sealed with a key that nobody vouches for.`, {
      where: target.label,
      why: 'The connection is neither encrypted nor inside SSH, so anybody between could be the one who asks.',
      try: ['Reach the database through SSH, or set TLS to “required” or better.']
    })
  }
  return {
    stream: target.stream,
    user: target.user,
    password: target.password,
    host: target.tls.serverName ?? target.host,
    ssl,
    charset: 'utf8mb4',
    rowsAsArray: true,
    // Code generated from column names is refused by the app's runtime rules, and needless.
    disableEval: true,
    typeCast: (field) => {
      const bytes = field.buffer()
      countBytes(bytes === null ? 0 : bytes.length)
      return decodeValue(bytes)
    },
    multipleStatements: target.packets === true,
    flags: ['-LOCAL_FILES', '-ODBC', '-FOUND_ROWS', '-COMPRESS'],
    connectTimeout: 0,
    connectAttributes: { program_name: 'siteswap' },
    authPlugins: {
      mysql_clear_password: refusePlugin('mysql_clear_password'),
      sha256_password: refusePlugin('sha256_password'),
      ...(ssl || target.trusted
        ? {}
        : { caching_sha2_password: authPlugins.caching_sha2_password({ onServerPublicKey: unvouchedKey }) })
    }
  }
}
