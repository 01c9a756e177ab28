import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { answers, optionFile, rootSession, type ServerPlan } from './database'
import { onceAcrossProcesses } from './once'
import { endProcesses, startDaemon, untilReady } from './processes'
import { runCommand } from './run-command'
import { shopRows } from './shop/rows'
import { shopSchema } from './shop/schema'
import type { Software } from './software'
import { labSource } from './source'
import { cacheDir } from './state'

/** Data folders ready to be copied: an empty server, and one that holds the old shop. */
export interface Template {
  empty: string
  shop: string
}

/** Makes (once) or finds the data folders of a flavour with a shop of the given scale. */
export async function ensureTemplate(
  software: Software,
  scale: number,
  say: (line: string) => void
): Promise<Template> {
  const sources = ['template.ts', 'database.ts', 'shop/schema.ts', 'shop/rows.ts']
  const hash = createHash('sha256').update(`${software.version} ${scale}`)
  for (const file of sources) hash.update(readFileSync(labSource(file)))
  const name = `${software.flavour}-${hash.digest('hex').slice(0, 12)}`
  const path = join(cacheDir(), 'templates', name)
  if (!existsSync(path)) {
    await onceAcrossProcesses(path, async (fresh) => {
      say(`making the shop's data for ${software.flavour} (${software.version}), once`)
      await initialise(software, join(fresh, 'empty'))
      await withServer(software, join(fresh, 'empty'), removeOpenAccounts)
      await runCommand(['cp', '-r', '--sparse=auto', join(fresh, 'empty'), join(fresh, 'shop')])
      await withServer(software, join(fresh, 'shop'), fillShop(software, scale))
      removeUnused(join(cacheDir(), 'templates'))
      for (const kind of ['empty', 'shop']) rmSync(join(fresh, kind, 'auto.cnf'), { force: true })
    })
  }
  const now = new Date()
  utimesSync(path, now, now)
  return { empty: join(path, 'empty'), shop: join(path, 'shop') }
}

/** Templates of earlier versions are not used again; a week tells them from those in use. */
function removeUnused(templates: string): void {
  const week = 7 * 24 * 3600 * 1000
  for (const name of readdirSync(templates)) {
    const path = join(templates, name)
    if (Date.now() - statSync(path).mtimeMs > week) rmSync(path, { recursive: true, force: true })
  }
}

/** Copies a template; the server makes itself a new identity when it starts. */
export async function copyTemplate(from: string, dataDir: string): Promise<void> {
  mkdirSync(join(dataDir, '..'), { recursive: true })
  await runCommand(['cp', '-r', '--sparse=auto', '--reflink=auto', from, dataDir], { deadlineMs: 60_000 })
}

const planFor = (dataDir: string): ServerPlan => ({
  dataDir,
  // short, because a socket's path may have 107 characters at most
  socket: `/tmp/siteswap-template-${process.pid}.sock`,
  pidFile: `${dataDir}.pid`,
  errorLog: `${dataDir}.err`,
  tmpDir: `${dataDir}.tmp`,
  listen: null,
  serverId: null
})

async function initialise(software: Software, dataDir: string): Promise<void> {
  const options = `${dataDir}.cnf`
  mkdirSync(`${dataDir}.tmp`, { recursive: true })
  writeFileSync(options, optionFile(software, planFor(dataDir)))
  const server = [...software.server, `--defaults-file=${options}`]
  const read = (name: string): string => {
    const path = join(software.shareDir, name)
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }
  if (software.flavour === 'my97') {
    await runCommand([...server, '--initialize-insecure'], { deadlineMs: 120_000 })
    return
  }
  mkdirSync(join(dataDir, 'mysql'), { recursive: true })
  if (software.flavour === 'my56') {
    // 5.6 has no --initialize; its system tables are made by a bootstrap, as its own install script does it
    const files = ['mysql_system_tables.sql', 'mysql_system_tables_data.sql', 'fill_help_tables.sql'].map(read)
    const input = ['use mysql;', ...files, "delete from user where user='';", ''].join('\n')
    await runCommand([...server, '--bootstrap'], { input, deadlineMs: 120_000 })
    return
  }
  rmSync(join(dataDir, 'mysql'), { recursive: true })
  const prefix = existsSync(join(software.shareDir, 'mariadb_system_tables.sql')) ? 'mariadb' : 'mysql'
  const names = [`${prefix}_system_tables.sql`, `${prefix}_performance_tables.sql`, `${prefix}_system_tables_data.sql`]
  const files = [...names, 'fill_help_tables.sql', 'maria_add_gis_sp_bootstrap.sql', `${prefix}_sys_schema.sql`].map(
    read
  )
  const input = ['create database mysql;', 'use mysql;', 'set @auth_root_socket=NULL;', ...files, ''].join('\n')
  await runCommand([...server, '--bootstrap'], { input, deadlineMs: 120_000 })
}

/** Runs a server on a data folder, without network and log, for as long as `work` takes. */
async function withServer(
  software: Software,
  dataDir: string,
  work: (session: Connection) => Promise<void>
): Promise<void> {
  const options = `${dataDir}.cnf`
  const plan = planFor(dataDir)
  mkdirSync(plan.tmpDir, { recursive: true })
  writeFileSync(options, optionFile(software, plan))
  const argv = [...software.server, `--defaults-file=${options}`]
  const logs = join(dataDir, '..')
  const daemon = await startDaemon({ name: 'template', argv, logDir: logs, labId: `template-${process.pid}` })
  try {
    await untilReady(daemon, logs, () => answers(plan.socket), 60_000)
    const session = await rootSession(plan.socket)
    try {
      await work(session)
    } finally {
      session.destroy()
    }
  } finally {
    await endProcesses([daemon.pid], 60_000)
  }
}

/** Bootstrap scripts also make accounts without a password that sign in over TCP; they go. */
async function removeOpenAccounts(session: Connection): Promise<void> {
  const [open] = await session.query<RowDataPacket[]>(
    "SELECT user AS name, host AS host FROM mysql.user WHERE user IN ('', 'root') AND (user = '' OR host <> 'localhost')"
  )
  for (const { name, host } of open) await session.query('DROP USER ?@?', [name, host])
}

const fillShop =
  (software: Software, scale: number) =>
  async (session: Connection): Promise<void> => {
    const accounts = [
      ['shop_owner', 'localhost', 'ALL PRIVILEGES ON shop.*'],
      ['shop_app', '%', 'SELECT, INSERT, UPDATE, DELETE, EXECUTE ON shop.*'],
      ['shop_report', '10.77.%', 'SELECT, SHOW VIEW ON shop.*'],
      ['shop_backup', 'localhost', 'SELECT, RELOAD, LOCK TABLES, SHOW VIEW, EVENT, TRIGGER, REPLICATION CLIENT ON *.*']
    ] as const
    // their passwords are set when a lab comes up
    for (const [user, host] of accounts)
      await session.query('CREATE USER ?@? IDENTIFIED BY ?', [user, host, randomUUID()])
    for (const statement of shopSchema(software.flavour)) await session.query(statement)
    for (const [user, host, grant] of accounts) await session.query(`GRANT ${grant} TO ?@?`, [user, host])
    await session.query('SET foreign_key_checks=0, unique_checks=0, autocommit=0')
    for (const statement of shopRows(scale)) await session.query(statement)
    await session.query('COMMIT')
    await session.query('ANALYZE TABLE customers, products, orders, order_items, payments, stock')
  }
