import { dirname, join } from 'node:path'
import type { DoctorLayer } from '../../../src/shared/doctor'
import { behind } from './doctor-behind-situations'
import type { Ground, Situation } from './doctor-ground'
import { databaseEntry } from './two-hops'

type Which = 'mariadb' | 'mysql' | 'strict'

/** Accounts of both databases, each with something about it. */
export const databaseAccounts: Record<'both' | 'mariadb' | 'mysql', string[]> = {
  both: [
    "CREATE USER app@'%' IDENTIFIED BY 'full-password'",
    "GRANT ALL ON *.* TO app@'%' WITH GRANT OPTION",
    "CREATE USER poor@'%' IDENTIFIED BY 'full-password'",
    "CREATE USER looker@'%' IDENTIFIED BY 'full-password'",
    "CREATE USER shut@'%' IDENTIFIED BY 'full-password' ACCOUNT LOCK",
    "CREATE USER stale@'%' IDENTIFIED BY 'full-password' PASSWORD EXPIRE",
    "CREATE USER elsewhere@'10.9.9.9' IDENTIFIED BY 'full-password'",
    "CREATE USER sealed@'%' IDENTIFIED BY 'full-password' REQUIRE SSL",
    "CREATE USER hourly@'%' IDENTIFIED BY 'full-password' WITH MAX_QUERIES_PER_HOUR 2",
    'CREATE ROLE mover',
    'GRANT ALL ON *.* TO mover',
    "CREATE USER acting@'%' IDENTIFIED BY 'full-password'",
    "GRANT mover TO acting@'%'"
  ],
  mariadb: [
    "GRANT SELECT, PROCESS, SHOW VIEW, EVENT, TRIGGER, SLAVE MONITOR, BINLOG MONITOR, REPLICATION MASTER ADMIN ON *.* TO looker@'%'",
    "CREATE USER bysystem@'%' IDENTIFIED VIA unix_socket",
    "INSTALL SONAME 'auth_pam'",
    "CREATE USER bypam@'%' IDENTIFIED VIA pam",
    "INSTALL SONAME 'auth_ed25519'",
    "CREATE USER unplugged@'%' IDENTIFIED VIA ed25519 USING PASSWORD('full-password')",
    "UNINSTALL SONAME 'auth_ed25519'"
  ],
  mysql: [
    "GRANT SELECT, PROCESS, SHOW VIEW, EVENT, TRIGGER, SHOW_ROUTINE, REPLICATION CLIENT, REPLICATION SLAVE ON *.* TO looker@'%'"
  ]
}

const at =
  (which: Which, user = 'app', more: { tls?: object } = {}) =>
  (ground: Ground) =>
    behind(ground, { port: ground[which].port, user, ...more })

const onBoth = (
  given: string,
  user: string,
  wanted: { layer: DoctorLayer; state?: 'warn'; says: RegExp; tries: RegExp; secrets?: Record<string, string> }
): Situation[] =>
  (['mariadb', 'mysql'] as const).map((which) => ({
    given: `${given} (${which})`,
    entry: at(which, user),
    ...wanted
  }))

/** While the database greets, before anything is said of an account. */
export const handshakeSituations: Situation[] = [
  {
    given: 'an SSH server on the database port',
    entry: (ground) => behind(ground, { port: ground.host.port }),
    layer: 'handshake',
    says: /An SSH server answers there/,
    tries: /is it the database’s/
  },
  {
    given: 'a web server on the database port',
    entry: (ground) => behind(ground, { port: ground.odd.web }),
    layer: 'handshake',
    deadlineMs: 8_000,
    says: /did not greet within 8 s/,
    tries: /Check that the port is the database’s/
  },
  {
    given: 'a mail server on the database port',
    entry: (ground) => behind(ground, { port: ground.odd.mail }),
    layer: 'handshake',
    says: /does not speak the database’s protocol/,
    tries: /is it the database’s/
  },
  {
    given: 'a balancer whose databases are down',
    entry: (ground) => behind(ground, { port: ground.odd.curt }),
    layer: 'handshake',
    says: /closed the connection before it greeted/,
    tries: /balancer or proxy/
  },
  {
    given: 'an address that is blocked',
    entry: (ground) => behind(ground, { port: ground.odd.blocked }),
    layer: 'handshake',
    says: /blocked this address/,
    tries: /FLUSH HOSTS/
  },
  {
    given: 'a database that lets nobody in from there',
    entry: at('strict'),
    layer: 'handshake',
    says: /lets nobody in from the address it sees.*127\.0\.0\.1/,
    tries: /Create the account for that address/
  },
  {
    given: 'a database without TLS where it is required',
    entry: at('mariadb', 'app', { tls: { mode: 'required' } }),
    layer: 'handshake',
    says: /offers no TLS/,
    tries: /Switch TLS on at the server/
  },
  {
    given: 'a certificate of a CA that is not known',
    entry: at('mysql', 'app', { tls: { mode: 'verify-ca' } }),
    layer: 'handshake',
    says: /not signed by a CA known here/,
    tries: /file of the CA/
  },
  {
    given: 'a certificate of a known CA for another name',
    entry: (ground) => {
      const caPath = join(dirname(ground.mysql.socket), 'data/ca.pem')
      return behind(ground, { port: ground.mysql.port, user: 'app', tls: { mode: 'verify-identity', caPath } })
    },
    layer: 'handshake',
    says: /is for another name/,
    tries: /TLS server name/
  },
  {
    given: 'a CA file that is not there',
    entry: at('mysql', 'app', { tls: { mode: 'verify-ca', caPath: '/nowhere/ca.pem' } }),
    layer: 'handshake',
    says: /CA file \/nowhere\/ca\.pem cannot be read/,
    tries: /Choose the PEM file/
  },
  {
    given: 'a client certificate without its key',
    entry: at('mysql', 'app', { tls: { mode: 'required', certPath: '/nowhere/cert.pem' } }),
    layer: 'handshake',
    says: /client certificate needs its key/,
    tries: /both files/
  }
]

/** At the sign-in to the database. */
export const loginSituations: Situation[] = [
  ...onBoth('a wrong database password', 'app', {
    secrets: { 'db/it': 'wrong-password' },
    layer: 'login',
    says: /refused the sign-in of app/,
    tries: /Enter the password again/
  }),
  ...onBoth('an account that does not exist', 'nobody_here', {
    layer: 'login',
    says: /refused the sign-in of nobody_here/,
    tries: /account exists for the address/
  }),
  ...onBoth('an account for another address', 'elsewhere', {
    layer: 'login',
    says: /refused the sign-in of elsewhere.*127\.0\.0\.1/,
    tries: /account exists for the address/
  }),
  ...onBoth('a locked database account', 'shut', {
    layer: 'login',
    says: /account shut is locked/,
    tries: /ACCOUNT UNLOCK/
  }),
  ...onBoth('an expired database password', 'stale', {
    layer: 'login',
    says: /password of stale (has expired|must be changed)/,
    tries: /ALTER USER/
  }),
  ...onBoth('an account that must come by TLS', 'sealed', {
    layer: 'login',
    says: /refused the sign-in of sealed/,
    tries: /REQUIRE SSL.*switch TLS on/
  }),
  ...onBoth('an account that has used up its hour', 'hourly', {
    layer: 'login',
    says: /hourly has used up a resource limit.*max_que(ries|stions)/,
    tries: /Raise the limit/
  }),
  {
    given: 'an account that signs in by its system user',
    entry: at('mariadb', 'bysystem'),
    layer: 'login',
    says: /bysystem signs in by its system user|refused the sign-in of bysystem/,
    tries: /give this one a password|password again/
  },
  {
    given: 'an account that signs in by PAM, and PAM says no',
    entry: at('mariadb', 'bypam'),
    layer: 'login',
    says: /refused the sign-in of bypam/,
    tries: /Enter the password again/
  },
  {
    given: 'an account whose sign-in plugin is not loaded',
    entry: at('mariadb', 'unplugged'),
    layer: 'login',
    says: /wants a sign-in plugin that the server has not loaded/,
    tries: /Load the plugin there/
  },
  {
    given: 'a password that would have to be sealed with a stranger’s key',
    // A name for this computer that does not look like one: the line might lead anywhere.
    entry: (ground) => databaseEntry('it', [], { via: 'direct', host: '127.1', port: ground.mysql.port, user: 'app' }),
    layer: 'handshake',
    says: /sealed with a key that nobody vouches for/,
    tries: /through SSH, or set TLS/
  },
  {
    given: 'no database password',
    entry: (ground) => ({ ...at('mysql')(ground), id: 'unset', name: 'unset' }),
    layer: 'login',
    says: /No database password is known for unset/,
    tries: /SITESWAP_SECRET_DB_UNSET/
  }
]

/** Behind the sign-in: what the account may do, and what the line is like. */
export const grantSituations: Situation[] = [
  ...onBoth('an account without grants', 'poor', {
    layer: 'grants',
    says: /cannot see enough: it lacks SELECT, PROCESS/,
    tries: /Run the grant script/
  }),
  ...onBoth('an account whose grants come by a role', 'acting', {
    layer: 'grants',
    state: 'warn',
    says: /a role may give them/,
    tries: /default role/
  }),
  ...onBoth('an account that may look and not move', 'looker', {
    layer: 'grants',
    state: 'warn',
    says: /Enough to look, not to move: looker@% lacks INSERT/,
    tries: /grant script/
  })
]
