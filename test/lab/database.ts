import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection } from 'mysql2/promise'
import { createConnection } from 'mysql2/promise'
import { onHost } from './network'
import { type LabProcess, startDaemon, untilReady } from './processes'
import type { Software } from './software'
import { hostDir, hostNamed, type LabServer, type LabState, logDir } from './state'

/** The options of one server, as they stand in its option file. */
export interface ServerPlan {
  dataDir: string
  socket: string
  pidFile: string
  errorLog: string
  /** A folder of its own: a server that starts deletes the temporary tables it finds in a shared one. */
  tmpDir: string
  /** null: no TCP port at all (while a template is made). */
  listen: { address: string; port: number; reportHost: string } | null
  /** null: no binary log (while a template is made). */
  serverId: number | null
}

/** The text of an option file for a flavour. */
export function optionFile(software: Software, plan: ServerPlan): string {
  const { flavour, family } = software
  const lines: string[] = [`datadir=${plan.dataDir}`, `socket=${plan.socket}`, `pid-file=${plan.pidFile}`]
  lines.push(`log-error=${plan.errorLog}`, `lc-messages-dir=${software.shareDir}`, `plugin-dir=${software.pluginDir}`)
  if (process.getuid?.() === 0) lines.push('user=root')
  lines.push(`tmpdir=${plan.tmpDir}`)
  if (software.baseDir) lines.push(`basedir=${software.baseDir}`)
  else lines.push(`character-sets-dir=${join(software.shareDir, 'charsets')}`)
  lines.push('skip-name-resolve', 'character-set-server=utf8mb4', 'innodb-buffer-pool-size=256M', 'max-connections=200')
  if (flavour === 'my97') lines.push('secure-file-priv=', 'mysqlx=OFF', 'innodb-redo-log-capacity=64M')
  else if (flavour === 'my56') lines.push('innodb-log-file-size=48M', 'explicit-defaults-for-timestamp=1')
  else lines.push('innodb-log-file-size=32M')
  if (plan.listen) {
    lines.push(
      `bind-address=${plan.listen.address}`,
      `port=${plan.listen.port}`,
      `report-host=${plan.listen.reportHost}`
    )
  } else lines.push('skip-networking')
  if (plan.serverId === null) {
    if (flavour === 'my97') lines.push('disable-log-bin')
    lines.push('innodb-flush-log-at-trx-commit=0')
  } else {
    lines.push(
      `server-id=${plan.serverId}`,
      `log-bin=${join(plan.dataDir, 'binlog')}`,
      `relay-log=${join(plan.dataDir, 'relay')}`
    )
    lines.push('binlog-format=ROW', 'sync-binlog=1', 'innodb-flush-log-at-trx-commit=1', 'event-scheduler=ON')
    if (flavour === 'my97') {
      lines.push('gtid-mode=ON', 'enforce-gtid-consistency=ON', 'log-replica-updates=ON')
    } else {
      lines.push('log-slave-updates=ON', 'expire-logs-days=10')
    }
    if (flavour === 'my56') {
      lines.push(
        'gtid-mode=ON',
        'enforce-gtid-consistency=1',
        'master-info-repository=TABLE',
        'relay-log-info-repository=TABLE'
      )
    }
    if (family === 'mariadb') lines.push(`gtid-domain-id=${plan.serverId}`)
  }
  return `[mysqld]\n${lines.join('\n')}\n`
}

/** A session as root through the server's unix socket, which the lab's network cannot cut. */
export async function rootSession(socketPath: string, database?: string): Promise<Connection> {
  return await createConnection({
    socketPath,
    user: 'root',
    password: '',
    database,
    connectTimeout: 3000,
    charset: 'utf8mb4',
    supportBigNumbers: true
  })
}

/** Tries whether a server answers on its socket. */
export async function answers(socketPath: string): Promise<boolean> {
  if (!existsSync(socketPath)) return false
  try {
    const session = await rootSession(socketPath)
    await session.query('SELECT 1')
    await session.end()
    return true
  } catch {
    return false
  }
}

/** The plan of the old or the new database server. */
export function planServer(state: LabState, site: 'old' | 'new'): LabServer {
  const host = hostNamed(state, `${site}-db`)
  const dir = hostDir(state.dir, host.name)
  return {
    host: host.name,
    address: host.address,
    fromOperator: host.fromOperator,
    fromOtherSite: host.fromOtherSite,
    port: state.addresses.databasePort,
    socket: join(dir, 'mysql.sock'),
    dataDir: join(dir, 'data'),
    optionFile: join(dir, 'my.cnf'),
    serverId: site === 'old' ? 1 : 2
  }
}

/** Starts a database server on its host and waits until it answers. */
export async function startServer(
  state: LabState,
  server: LabServer,
  software: Software,
  more: string[] = []
): Promise<LabProcess> {
  const dir = hostDir(state.dir, server.host)
  mkdirSync(join(dir, 'tmp'), { recursive: true })
  const errorLog = join(logDir(state.dir), `${server.host}.err`)
  const plan: ServerPlan = {
    dataDir: server.dataDir,
    socket: server.socket,
    pidFile: join(dir, 'mysql.pid'),
    errorLog,
    tmpDir: join(dir, 'tmp'),
    listen: {
      address: state.mode === 'netns' ? '0.0.0.0' : server.address,
      port: server.port,
      reportHost: server.address
    },
    serverId: server.serverId
  }
  const lines = more.map((line) => `${line}\n`).join('')
  writeFileSync(server.optionFile, optionFile(software, plan) + lines, { mode: 0o644 })
  const argv = onHost(state, server.host, [...software.server, `--defaults-file=${server.optionFile}`])
  const daemon = await startDaemon({ name: `${server.host}-mysqld`, argv, logDir: logDir(state.dir), labId: state.id })
  await untilReady(daemon, logDir(state.dir), () => answers(server.socket), 60_000)
  return daemon
}

const quoted = (user: string, host: string): string => `'${user}'@'${host}'`

/** Gives the accounts their passwords; on the new server without a trace in its binary log. */
export async function setUpAccounts(state: LabState, server: LabServer, software: Software): Promise<void> {
  const { admin, app, report, backup } = state.accounts
  const session = await rootSession(server.socket)
  try {
    const isNew = server.serverId === 2
    if (isNew) await session.query('SET SESSION sql_log_bin=0')
    await session.query(`CREATE USER ${quoted(admin.user, '%')} IDENTIFIED BY '${admin.password}'`)
    await session.query(`GRANT ALL PRIVILEGES ON *.* TO ${quoted(admin.user, '%')} WITH GRANT OPTION`)
    if (isNew) return
    const shop: [string, string, string][] = [
      [app.user, '%', app.password],
      [report.user, '10.77.%', report.password],
      [backup.user, 'localhost', backup.password]
    ]
    for (const [user, host, password] of shop) {
      if (software.flavour === 'my56')
        await session.query(`SET PASSWORD FOR ${quoted(user, host)} = PASSWORD('${password}')`)
      else await session.query(`ALTER USER ${quoted(user, host)} IDENTIFIED BY '${password}'`)
    }
  } finally {
    await session.end()
  }
}
