/**
 * Records what real servers answer, for the fleet to answer the same: `node --import tsx test/fleet/record.ts [MODEL…]`.
 * A pair of servers is started and linked; the replica answers. Paths and addresses of this computer are left out.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection, FieldPacket } from 'mysql2/promise'
import { statementsFor } from '../../src/main/mysql/statements'
import { moveSchema } from '../../src/shared/move'
import { startOwnDatabase } from '../servers/own/database'
import { portReach } from '../servers/preflight-reach'
import type { Answer } from './wire'
import { type Model, models, type Recording } from './world'

const statements = [
  'SHOW REPLICA STATUS',
  'SHOW SLAVE STATUS',
  'SHOW ALL SLAVES STATUS',
  'SHOW REPLICAS',
  'SHOW SLAVE HOSTS',
  'SHOW MASTER STATUS',
  'SHOW BINARY LOG STATUS'
]

const bare = (value: string): string =>
  /\/(tmp|root|home|work)\b/.test(value)
    ? value.replace(/[^,:;]*\/(tmp|root|home|work)\/[^,:;]*\//g, '/var/lib/mysql/')
    : value

const textOf = (value: unknown): string | null => {
  if (value === null || value === undefined) return null
  return bare(Buffer.isBuffer(value) ? value.toString('utf8') : String(value))
}

const ask = async (connection: Connection, sql: string): Promise<Answer> => {
  try {
    const [rows, fields] = (await connection.query({ sql, rowsAsArray: true })) as [unknown[][], FieldPacket[]]
    return { kind: 'rows', columns: fields.map(({ name }) => name), rows: rows.map((row) => row.map(textOf)) }
  } catch (error) {
    const {
      errno = 1105,
      sqlState = 'HY000',
      sqlMessage = ''
    } = error as {
      errno?: number
      sqlState?: string
      sqlMessage?: string
    }
    return { kind: 'error', code: errno, state: sqlState, text: sqlMessage }
  }
}

const named = (answer: Answer): Record<string, string> =>
  answer.kind === 'rows' ? Object.fromEntries(answer.rows.map(([name, value]) => [name ?? '', value ?? ''])) : {}

const account = { user: 'admin', password: 'admin-pw-1' }

/** Two servers of a kind, the second following the first; the connection is to the second. */
const linked = async (model: Model): Promise<{ replica: Connection; stop(): Promise<void> }> => {
  const [source, replica] = await Promise.all([
    startOwnDatabase(model, { serverId: 1 }),
    startOwnDatabase(model, { serverId: 2 })
  ])
  const roots = { source: await source.root(), replica: await replica.root() }
  for (const root of [roots.source, roots.replica]) {
    await root.query('SET SESSION sql_log_bin = 0')
    await root.query(`CREATE USER '${account.user}'@'%' IDENTIFIED BY '${account.password}'`)
    await root.query(`GRANT ALL PRIVILEGES ON *.* TO '${account.user}'@'%' WITH GRANT OPTION`)
    await root.query('SET SESSION sql_log_bin = 1')
  }
  const entry = { id: 'one', name: 'one', kind: 'database', database: { host: '127.0.0.1', user: account.user } }
  const move = moveSchema.parse({
    format: 'siteswap.move',
    version: 2,
    id: 'record',
    name: 'record',
    createdAt: 0,
    old: { name: 'Old', servers: [entry] },
    new: { name: 'New' }
  })
  const reach = portReach(move, { one: { port: replica.port, ...account } })
  const words = statementsFor(await reach.capabilities('one'))
  const target = { sourceHost: '127.0.0.1', sourcePort: source.port, ...account, channel: '' }
  for (const sql of [...words.configureLink(target, { kind: 'held' }), ...words.startLink('')])
    await roots.replica.query(sql)
  await roots.source.query('CREATE DATABASE shop')
  await waitFor(async () => {
    const [found] = (await roots.replica.query("SHOW DATABASES LIKE 'shop'")) as [unknown[], FieldPacket[]]
    return found.length === 1
  })
  return {
    replica: roots.replica,
    stop: async () => {
      await reach.close()
      await Promise.all([roots.source.end(), roots.replica.end()])
      await Promise.all([source.stop(), replica.stop()])
    }
  }
}

const waitFor = async (seen: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 30_000
  while (!(await seen())) {
    if (Date.now() > deadline) throw new Error('The replica does not follow.')
    await sleep(100)
  }
}

const record = async (model: Model): Promise<Recording> => {
  const pair = await linked(model)
  try {
    const variables = named(await ask(pair.replica, 'SHOW GLOBAL VARIABLES'))
    const answers: Recording['answers'] = {}
    for (const sql of statements) answers[sql] = await ask(pair.replica, sql)
    const version = variables.version ?? ''
    return {
      model,
      // MariaDB before 11 greets like this, for clients that know no version of two digits.
      greets: /^10\..*MariaDB/.test(version) ? `5.5.5-${version}` : version,
      variables,
      status: named(await ask(pair.replica, 'SHOW GLOBAL STATUS')),
      answers
    }
  } finally {
    await pair.stop()
  }
}

const main = async (): Promise<void> => {
  const wanted = process.argv.slice(2)
  for (const model of models.filter((one) => wanted.length === 0 || wanted.includes(one))) {
    const recording = await record(model)
    const file = join(__dirname, 'recordings', `${model}.json`)
    writeFileSync(file, `${JSON.stringify(recording, null, 1)}\n`)
    console.log(`${model}: ${recording.variables.version}, ${Object.keys(recording.variables).length} variables`)
  }
}

void main()
