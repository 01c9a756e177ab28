import { behind } from './doctor-behind-situations'
import type { Ground, Situation } from './doctor-ground'
import { startVersionServer } from './version-server'

/** Brings a server up for one situation; `port` tells where it is then. */
const whileAt = (start: (ground: Ground) => Promise<{ port: number; stop(): Promise<void> | void }>) => {
  let port = 0
  return {
    during: async (ground: Ground) => {
      const server = await start(ground)
      port = server.port
      return () => server.stop()
    },
    entry: (ground: Ground) => behind(ground, { port })
  }
}

const ofVersion = (version: string) => whileAt(() => startVersionServer(version))
const byLine = (kind: Parameters<Ground['odd']['line']>[1]) =>
  whileAt(async (ground) => ({ port: await ground.odd.line(ground.mysql.port, kind), stop: () => undefined }))

/** What the line is like once everything answers, and servers of the wrong kind. */
export const lineSituations: Situation[] = [
  {
    given: 'a database older than any that can be moved',
    ...ofVersion('5.1.73-log'),
    layer: 'handshake',
    says: /5\.1\.73.*cannot move it.*older than 5\.6/,
    tries: /Upgrade it in place/
  },
  {
    given: 'a proxy that says no version',
    ...ofVersion('proxy'),
    layer: 'handshake',
    says: /not a version number/,
    tries: /not a proxy/
  },
  {
    given: 'a database of another make',
    ...ofVersion('8.0.11-TiDB-v7.5.0'),
    layer: 'handshake',
    says: /TiDB speaks the MySQL protocol/,
    tries: /Siteswap knows MySQL/
  },
  {
    given: 'a database that a provider keeps',
    ...ofVersion('8.0.31-google'),
    layer: 'login',
    state: 'warn',
    says: /is Google Cloud SQL: Siteswap can show and compare it, but not move it/,
    tries: /migration service of Google Cloud SQL/
  },
  {
    given: 'a line that is late',
    ...byLine({ delayMs: 270 }),
    layer: 'round-trip',
    state: 'warn',
    says: /Each question to this server takes [2-9]\d\d ms/,
    tries: /nearer to the servers/
  },
  {
    given: 'a line that carries little',
    ...byLine({ bytesPerSecond: 100_000 }),
    layer: 'throughput',
    state: 'warn',
    says: /carries only \d+ KiB\/s.*One GiB through this computer would take/,
    tries: /jump host or VPN/
  },
  {
    given: 'a line that swallows large answers',
    ...byLine({ silentAfter: 48_000 }),
    layer: 'throughput',
    state: 'warn',
    deadlineMs: 8_000,
    says: /did not carry 64 KiB within 8 s/,
    tries: /MTU/
  }
]

const set = (which: 'mariadb' | 'mysql' | 'strict', there: string[], back: string[]) => async (ground: Ground) => {
  await ground[which].asRoot(...there)
  return () => ground[which].asRoot(...back)
}

/** What changes a whole server, one after the other. */
export const aloneSituations: Situation[] = [
  ...(['mariadb', 'mysql'] as const).flatMap((which): Situation[] => [
    {
      given: `a database with no connection left (${which})`,
      entry: (ground) => behind(ground, { port: ground[which].port, user: 'poor' }),
      during: async (ground) => {
        const most = which === 'mysql' ? 1 : 10
        await ground[which].asRoot(`SET GLOBAL max_connections = ${most}`)
        const held = await Promise.all(Array.from({ length: most }, () => ground[which].root()))
        return async () => {
          await held[0]?.query('SET GLOBAL max_connections = 200')
          await Promise.all(held.map((one) => one.end()))
        }
      },
      layer: 'login',
      says: /no free connection/,
      tries: /max_connections/
    },
    {
      given: `an account with no connection left (${which})`,
      entry: (ground) => behind(ground, { port: ground[which].port, user: 'single' }),
      during: async (ground) => {
        await ground[which].asRoot(
          "CREATE USER single@'%' IDENTIFIED BY 'full-password' WITH MAX_USER_CONNECTIONS 1",
          "CREATE USER single@localhost IDENTIFIED BY 'full-password' WITH MAX_USER_CONNECTIONS 1"
        )
        const { createConnection } = await import('mysql2/promise')
        const held = await createConnection({
          host: '127.0.0.1',
          port: ground[which].port,
          user: 'single',
          password: 'full-password'
        })
        return async () => {
          await held.end()
          await ground[which].asRoot("DROP USER single@'%', single@localhost")
        }
      },
      layer: 'login',
      says: /single has used up (its connections|a resource limit)/,
      tries: /max_user_connections|Raise the limit/
    }
  ]),
  {
    given: 'a database that takes encrypted connections only (mysql)',
    entry: (ground) => behind(ground, { port: ground.mysql.port }),
    during: set('mysql', ['SET GLOBAL require_secure_transport = ON'], ['SET GLOBAL require_secure_transport = OFF']),
    layer: 'handshake',
    says: /encrypted connections only/,
    tries: /Set TLS to “required”/
  },
  {
    // MariaDB does not say why.
    given: 'a database that takes encrypted connections only (mariadb)',
    entry: (ground) => behind(ground, { port: ground.mariadb.port }),
    during: set('mariadb', ['SET GLOBAL require_secure_transport = ON'], ['SET GLOBAL require_secure_transport = OFF']),
    layer: 'login',
    says: /refused the sign-in of app/,
    tries: /require_secure_transport on: switch TLS on/
  },
  {
    given: 'a database whose clock is wrong',
    entry: (ground) => behind(ground, { port: ground.strict.port }),
    during: set(
      'strict',
      ["CREATE USER app@'%' IDENTIFIED BY 'full-password'", "GRANT ALL ON *.* TO app@'%' WITH GRANT OPTION"],
      ["DROP USER app@'%'"]
    ),
    layer: 'clock',
    state: 'warn',
    says: /clock is 75 s ahead of this computer’s/,
    tries: /chronyc tracking/
  }
]
