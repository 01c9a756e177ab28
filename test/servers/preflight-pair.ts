import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { expect } from 'vitest'
import { statementsFor } from '../../src/main/mysql/statements'
import { runPreflight } from '../../src/main/preflight/run'
import type { Reach } from '../../src/main/reach/reach'
import type { Finding } from '../../src/shared/finding'
import { type Move, moveSchema } from '../../src/shared/move'
import type { FlavourName } from '../lab/software'
import { type OwnDatabase, startOwnDatabase } from './own/database'
import { noteFailure } from './preflight-made-to-fail'
import { type Ports, portReach } from './preflight-reach'

export const admin = { user: 'admin', password: 'admin-pw-1' }
const replication = { user: 'siteswap_repl', password: 'repl-pw-1' }

const entry = (id: string) => ({
  id,
  name: id,
  kind: 'database' as const,
  database: { host: '127.0.0.1', user: admin.user }
})

/** The move of two servers on this computer, whose bridge is their own ports. */
export const pairMove = (oldPort: number, newPort: number): Move =>
  moveSchema.parse({
    format: 'siteswap.move',
    version: 2,
    id: 'pair',
    name: 'pair',
    createdAt: 0,
    old: { name: 'Frankfurt', servers: [entry('old-db')] },
    new: { name: 'Lisbon', servers: [entry('new-db')] },
    pairs: [{ old: 'old-db', new: 'new-db' }],
    bridge: {
      user: 'root',
      sshHost: '127.0.0.1',
      oldAt: { host: '127.0.0.1', port: oldPort },
      newAt: { host: '127.0.0.1', port: newPort }
    },
    thresholds: { lagLimitSeconds: 0.2, longTransactionSeconds: 1 }
  })

export interface Pair {
  old: OwnDatabase
  new: OwnDatabase
  move: Move
  reach: Reach
  ports: Ports
  root: { old: Connection; new: Connection }
  /** Makes both follow each other, the new one read-only, the heartbeat table there. */
  link(): Promise<void>
  stop(): Promise<void>
}

/** Two servers with an administrator's account, started once for a file of tests; the new one may be of another version. */
export const startPair = async (flavour: FlavourName, newFlavour: FlavourName = flavour): Promise<Pair> => {
  const [old, fresh] = await Promise.all([
    startOwnDatabase(flavour, { serverId: 1 }),
    startOwnDatabase(newFlavour, { serverId: 2 })
  ])
  const root = { old: await old.root(), new: await fresh.root() }
  for (const connection of [root.old, root.new]) {
    await connection.query('SET SESSION sql_log_bin = 0')
    await connection.query(`CREATE USER '${admin.user}'@'%' IDENTIFIED BY '${admin.password}'`)
    await connection.query(`GRANT ALL PRIVILEGES ON *.* TO '${admin.user}'@'%' WITH GRANT OPTION`)
    await connection.query('SET SESSION sql_log_bin = 1')
  }
  const move = pairMove(old.port, fresh.port)
  const ports = {
    'old-db': { port: old.port, ...admin },
    'new-db': { port: fresh.port, ...admin }
  }
  const reach = portReach(move, ports)
  const link = async () => {
    const words = {
      old: statementsFor(await reach.capabilities('old-db')),
      new: statementsFor(await reach.capabilities('new-db'))
    }
    for (const side of ['old', 'new'] as const) {
      const say = words[side]
      const { user, password } = replication
      const port = side === 'old' ? fresh.port : old.port
      const target = { sourceHost: '127.0.0.1', sourcePort: port, user, password, channel: '' }
      const statements = [
        say.sessionBinlogOff(),
        ...say.createAccount(user, '%', password),
        ...say.grantReplication(user, '%'),
        say.sessionBinlogOn(),
        ...say.autoIncrement(2, side === 'old' ? 1 : 2),
        ...say.liveness(10),
        ...say.configureLink(target, { kind: 'held' })
      ]
      for (const statement of statements) await root[side].query(statement)
    }
    for (const statement of words.old.ownSchema()) await root.old.query(statement)
    for (const side of ['old', 'new'] as const)
      for (const text of words[side].startLink('')) await root[side].query(text)
    for (const statement of words.new.setReadOnly(true)) await root.new.query(statement)
    await root.old.query(words.old.heartbeat())
    await caughtUp()
  }
  /** The new server has everything the old one has. */
  const caughtUp = async () => {
    const say = statementsFor(await reach.capabilities('old-db'))
    const [rows] = await root.old.query<RowDataPacket[]>(say.position())
    const wait = statementsFor(await reach.capabilities('new-db')).waitFor(String(rows[0]?.executed), 20)
    const [answers] = await root.new.query<RowDataPacket[]>(wait.statement)
    if (!wait.reached({ waited: String(answers[0]?.waited) })) throw new Error('The new server did not catch up.')
  }
  return {
    old,
    new: fresh,
    move,
    reach,
    ports,
    root,
    link,
    stop: async () => {
      await reach.close()
      await Promise.all([root.old.end(), root.new.end()])
      await Promise.all([old.stop(), fresh.stop()])
    }
  }
}

/** The same with a shop on the old server: a table, an account and an event of it. */
export const startShopPair = async (flavour: FlavourName): Promise<Pair> => {
  const pair = await startPair(flavour)
  await sayAll(pair.root.old, [
    'CREATE DATABASE shop',
    'CREATE TABLE shop.orders (id INT AUTO_INCREMENT PRIMARY KEY, total INT)',
    'INSERT INTO shop.orders (total) VALUES (1), (2)',
    "CREATE USER 'shop'@'%' IDENTIFIED BY 'shop-pw-1'",
    "GRANT ALL ON shop.* TO 'shop'@'%'",
    "CREATE DEFINER = 'shop'@'%' EVENT shop.clean ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01' DO DELETE FROM shop.orders WHERE total < 0"
  ])
  return pair
}

export const sayAll = async (connection: Connection, statements: string[]): Promise<void> => {
  for (const statement of statements) await connection.query(statement)
}

/** Where the binary logs of both end: equal texts mean that nothing was written. */
export const binlogsOf = async (pair: Pair): Promise<string> => {
  const seen: string[] = []
  for (const side of ['old', 'new'] as const) {
    const words = statementsFor(await pair.reach.capabilities(`${side}-db`))
    const [rows] = await pair.root[side].query<RowDataPacket[]>(words.binlogStatus())
    seen.push(`${rows[0]?.File}:${rows[0]?.Position}`)
  }
  return seen.join(' ')
}

/** Applies every remedy that the app itself would offer to apply: each must be accepted by the server. */
export const applySafe = async (pair: Pair, findings: Finding[]): Promise<void> => {
  for (const finding of findings)
    for (const remedy of finding.remedies.filter(({ safe }) => safe))
      await sayAll(remedy.server === 'old-db' ? pair.root.old : pair.root.new, remedy.statements)
}

/** One run, told as `check server verdict title` for what is not ok. */
export const preflightOf = async (pair: Pick<Pair, 'reach' | 'move'>): Promise<Finding[]> => {
  // InnoDB keeps its list of transactions until nobody has read it for 100 ms: who asks in a tight loop sees an old one.
  await sleep(250)
  const result = await runPreflight({ ...pair, signal: AbortSignal.timeout(60_000) })
  return result.findings
}

export const told = (findings: Finding[]): string[] =>
  findings
    .filter(({ verdict }) => verdict !== 'ok')
    .map(({ check, server, verdict, title }) => `${check} ${server ?? 'pair'} ${verdict}: ${title}`)

/** Each of these beginnings is told exactly once; then its check counts as made to fail. */
export const expectEachOnce = (seen: string[], beginnings: string[]): void => {
  for (const line of beginnings) {
    expect(
      seen.filter((one) => one.startsWith(line)),
      `${line}\n${seen.join('\n')}`
    ).toHaveLength(1)
    noteFailure(line)
  }
}
