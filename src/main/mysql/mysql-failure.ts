import { FailureError, type FailureKind, fail } from '../../shared/failure'
import { redact } from './redact'

/** What is known about the session an error came from. */
export interface FailureContext {
  /** `app@10.0.0.5:3306 through old-db1` */
  label: string
  user: string
  /** Values that must not appear in words. */
  secrets: readonly string[]
}

interface DriverError extends Error {
  errno?: number
  code?: string
  sqlMessage?: string
  sqlState?: string
  fatal?: boolean
}

interface Wording {
  kind: FailureKind
  what: (context: FailureContext, words: string) => string
  try: string[]
}

const missingGrant = (words: string): string | null =>
  /at least one of\) the (.+?) privilege/i.exec(words)?.[1]?.trim() ?? null

const denied: Wording = {
  kind: 'denied',
  what: ({ user }, words) => {
    const grant = missingGrant(words)
    return grant ? `The account ${user} lacks the grant ${grant}.` : `The account ${user} is not allowed to do this.`
  },
  try: ['Give the account the missing grant (the connection doctor prints the exact statements).']
}
const server = (what: string, ...tries: string[]): Wording => ({ kind: 'server', what: () => what, try: tries })

const byErrno: Record<number, Wording> = {
  1040: {
    kind: 'refused',
    what: ({ label }) => `${label} has no free connection: its max_connections is used up.`,
    try: ['Wait until the site’s load goes down.', 'Raise max_connections, or give the account CONNECTION ADMIN.']
  },
  1044: denied,
  1045: {
    kind: 'auth',
    what: ({ label, user }) => `${label} refused the sign-in of ${user}.`,
    try: [
      'Enter the password again.',
      'Check that the account exists for the address the server sees (the words above name it).',
      'When the account is made with REQUIRE SSL or X509, or the server has require_secure_transport on: switch TLS on, and name the client certificate where one is wanted.'
    ]
  },
  1049: { kind: 'not-found', what: () => 'The database does not exist there.', try: ['Check the name of the schema.'] },
  1064: server('The server did not understand a statement.', 'Report this with the words above.'),
  1129: {
    kind: 'refused',
    what: ({ label }) => `${label} has blocked this address after too many broken connections.`,
    try: ['Run FLUSH HOSTS there (or mysqladmin flush-hosts).']
  },
  1130: {
    kind: 'denied',
    what: ({ label }) => `${label} lets nobody in from the address it sees.`,
    try: ['Create the account for that address (the words above name it).', 'Check bind address and the SSH host used.']
  },
  1142: denied,
  1143: denied,
  1146: { kind: 'not-found', what: () => 'A table does not exist there.', try: ['Look at the words above.'] },
  1205: {
    kind: 'timeout',
    what: () => 'A lock was not free in time.',
    try: ['Look for long transactions in the process list and try again.']
  },
  1213: { kind: 'conflict', what: () => 'The server broke a deadlock by ending this statement.', try: ['Try again.'] },
  1227: denied,
  1203: {
    kind: 'refused',
    what: ({ user }) => `The account ${user} has used up its connections.`,
    try: ['Raise max_user_connections for it.']
  },
  1226: {
    kind: 'refused',
    what: ({ user }) => `The account ${user} has used up a resource limit.`,
    try: ['Raise the limit named in the words above.']
  },
  1290: {
    kind: 'refused',
    what: ({ label }) => `${label} does not take this now: it runs with an option that forbids it.`,
    try: ['When the option is --read-only or --super-read-only, the server is passive: write to the other one.']
  },
  1317: { kind: 'cancelled', what: () => 'The statement was ended by a KILL.', try: ['Try again.'] },
  1370: denied,
  1410: denied,
  1419: denied,
  1524: {
    kind: 'auth',
    what: ({ user }) => `The account ${user} wants a sign-in plugin that the server has not loaded.`,
    try: ['Load the plugin there, or change the account’s plugin.']
  },
  1698: {
    kind: 'auth',
    what: ({ user }) => `The account ${user} signs in by its system user (unix_socket) and takes no password.`,
    try: ['Use another account, or give this one a password.']
  },
  1820: {
    kind: 'auth',
    what: ({ user }) => `The password of ${user} must be changed before anything else.`,
    try: ['Change it with ALTER USER and enter the new one.']
  },
  1862: {
    kind: 'auth',
    what: ({ user }) => `The password of ${user} has expired.`,
    try: ['Renew it with ALTER USER and enter the new one.']
  },
  3118: {
    kind: 'auth',
    what: ({ user }) => `The account ${user} is locked.`,
    try: ['Unlock it with ALTER USER … ACCOUNT UNLOCK.']
  },
  3159: {
    kind: 'tls',
    what: ({ label }) => `${label} takes encrypted connections only.`,
    try: ['Set TLS to “required” or better for this database.']
  },
  4151: {
    kind: 'auth',
    what: ({ user }) => `The account ${user} is locked.`,
    try: ['Unlock it with ALTER USER … ACCOUNT UNLOCK.']
  }
}

/** Plugins by which people meet a refusal most often, and the way out of each. */
const pluginRemedies: [RegExp, string][] = [
  [/^(pam|authentication_pam)$/, 'Set pam_use_cleartext_plugin=ON on the server and verify its certificate here.'],
  [/gssapi|kerberos|ldap_sasl|webauthn|fido|openid/, 'Give Siteswap an account of its own with a password.'],
  [/^mysql_old_password$/, 'Renew the account’s password with old_passwords=0: the old form is as good as open.']
]

const authPluginFailure = (words: string, context: FailureContext): FailureError | null => {
  const plugin = /unknown plugin (\S*?)\.? See /i.exec(words)?.[1] ?? /unknown plugin ([^\s.]+)/i.exec(words)?.[1]
  if (plugin === undefined) return null
  const shown = plugin.slice(0, 60)
  if (shown === '')
    return fail('auth', `${context.label} asks for a sign-in of a time before MySQL 4.1.`, {
      where: context.label,
      why: 'The password would be as good as open.',
      try: ['Renew the account’s password with old_passwords=0.']
    })
  const remedy = pluginRemedies.find(([pattern]) => pattern.test(shown))?.[1]
  return fail('auth', `The account ${context.user} signs in with ${shown}, which Siteswap does not do.`, {
    where: context.label,
    try: [
      ...(remedy ? [remedy] : []),
      'Use an account with caching_sha2_password, mysql_native_password, ed25519 or parsec.'
    ]
  })
}

const tlsFailure = (words: string, context: FailureContext): FailureError => {
  const where = context.label
  // Electron's own library writes TLSV1_ALERT_UNKNOWN_CA where OpenSSL writes words.
  const said = words.replaceAll('_', ' ')
  if (/does not support secure/i.test(said))
    return fail('tls', `${where} offers no TLS.`, {
      where,
      try: ['Switch TLS on at the server (ssl_cert, ssl_key), or turn it off here when the session runs through SSH.']
    })
  // What the server says of the client's certificate reads much like what the client says of the server's.
  if (/alert/i.test(said) && /unknown ca|certificate|decrypt error|access denied/i.test(said))
    return fail('tls', `${where} does not take the client certificate, or wants one.`, {
      where,
      words,
      try: ['Choose a client certificate that a CA of the server signed, and its key.']
    })
  if (/altnames|does not match/i.test(said))
    return fail('tls', `The certificate of ${where} is for another name.`, {
      where,
      words,
      try: ['Enter the name in the certificate as TLS server name.', 'Or verify the CA only.']
    })
  if (/self.signed|unable to (get|verify)|issuer|unknown ca/i.test(said))
    return fail('tls', `The certificate of ${where} is not signed by a CA known here.`, {
      where,
      words,
      try: ['Choose the file of the CA that signed it.']
    })
  if (/expired|not yet valid/i.test(said))
    return fail('tls', `The certificate of ${where} is not valid at this time.`, {
      where,
      words,
      try: ['Renew the certificate.', 'Check this computer’s clock.']
    })
  return fail('tls', `The TLS handshake with ${where} failed.`, {
    where,
    words,
    try: ['The server may be too old for TLS 1.2; when the session runs through SSH, TLS can be off.']
  })
}

/** A driver's or server's error in words, with errno and the server's own text, without secrets. */
export const mysqlFailure = (error: unknown, context: FailureContext): FailureError => {
  if (error instanceof FailureError) return error
  const driver = error as DriverError
  const words = redact(String(driver?.sqlMessage ?? driver?.message ?? error), context.secrets).slice(0, 2000)
  const where = context.label
  const errno = typeof driver?.errno === 'number' && driver.errno > 0 ? driver.errno : undefined
  const wording = errno === undefined ? undefined : byErrno[errno]
  if (wording)
    return fail(wording.kind, wording.what(context, words), { where, words, code: errno, try: [...wording.try] })
  if (errno !== undefined && driver.sqlState !== undefined)
    return fail('server', 'The server refused a statement.', {
      where,
      words,
      code: errno,
      try: ['The words above are the server’s own.']
    })
  const code = typeof driver?.code === 'string' ? driver.code : undefined
  if (code?.startsWith('HANDSHAKE_SSL') || code === 'HANDSHAKE_NO_SSL_SUPPORT' || code?.startsWith('ERR_SSL_'))
    return tlsFailure(words, context)
  if (/closed the connection before it greeted/.test(words))
    return fail('refused', `${where} closed the connection before it greeted.`, {
      where,
      code,
      try: [
        'A balancer or proxy whose databases are down looks like this: look whether the database itself runs.',
        'Look at the server’s error log.'
      ]
    })
  const plugin = authPluginFailure(words, context)
  if (plugin) return plugin
  if (code === 'AUTH_SWITCH_PLUGIN_ERROR' || code?.startsWith('ERR_OSSL_'))
    return fail('refused', `${where} asked for the password in a way that makes no sense.`, {
      where,
      words,
      code,
      try: ['Check that this is the database you mean.']
    })
  const unreadable = code === undefined && driver?.fatal === true
  if (
    unreadable ||
    code === 'HANDSHAKE_UNKNOWN_ERROR' ||
    code === 'PROTOCOL_UNEXPECTED_PACKET' ||
    /handshake|packet/i.test(words)
  )
    return fail('refused', `What answers at ${where} does not speak the database’s protocol as it should.`, {
      where,
      words,
      code,
      try: ['Check the port: is it the database’s?']
    })
  return fail('unreachable', `The database connection to ${where} was lost.`, {
    where,
    words,
    code,
    try: ['Try again.', 'Look at the server’s error log.']
  })
}
