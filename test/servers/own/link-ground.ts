import type { Connection, RowDataPacket } from 'mysql2/promise'
import { linkStatusOf } from '../../../src/main/mysql/replica-status'
import type { Row } from '../../../src/main/mysql/session'
import { type Statements, statementsFor } from '../../../src/main/mysql/statements'
import type { LinkStatus, LinkWords } from '../../../src/shared/server'
import { until } from '../../lab/processes'
import type { Pair } from '../preflight-pair'

/** A source, its replica, and the words of the replica. */
export interface LinkGround {
  source: Connection
  replica: Connection
  say: Statements
  port: number
  change(options: { modern: string; older: string }): Promise<void>
  onSource(...statements: string[]): Promise<void>
  /** Without the binary log of the replica. */
  onReplica(...statements: string[]): Promise<void>
}

/** Says statements one after the other. */
export const run = async (connection: Connection, statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await connection.query(statement)
}

/** The link of `new` to `old`, made anew before each breakage. */
export const linkGround = async (pair: Pair): Promise<LinkGround> => {
  const say = statementsFor(await pair.reach.capabilities('new-db'))
  const { old: source, new: replica } = pair.root
  const change = ({ modern, older }: { modern: string; older: string }) =>
    run(replica, [
      ...say.stopLink(''),
      say.flavour === 'mysql' ? `CHANGE REPLICATION SOURCE TO ${modern}` : `CHANGE MASTER TO ${older}`,
      ...say.startLink('')
    ])
  return {
    ...{ source, replica, say, port: pair.old.port, change },
    onSource: (...statements) => run(source, statements),
    onReplica: (...statements) => run(replica, [say.sessionBinlogOff(), ...statements, say.sessionBinlogOn()])
  }
}

/** Forgets what was broken: the replica takes the source's position as its own and runs again. */
export const mended = async ({ source, replica, say, port }: LinkGround): Promise<void> => {
  await run(replica, say.stopLink('')).catch(() => undefined)
  await run(replica, say.resetLink('')).catch(() => undefined)
  const [rows] = await source.query<RowDataPacket[]>(say.position())
  await run(replica, [
    'SET GLOBAL server_id = 2',
    ...(say.flavour === 'mariadb' ? ['SET GLOBAL gtid_strict_mode = 0'] : []),
    ...say.adoptPosition(String(rows[0]?.executed)),
    ...say.configureLink(
      { sourceHost: '127.0.0.1', sourcePort: port, user: 'repl', password: 'repl-pw-1', channel: '' },
      { kind: 'held' }
    ),
    ...say.startLink('')
  ])
}

/** The link once it tells an error. */
export const errorOf = async ({ replica, say }: LinkGround): Promise<LinkStatus> =>
  until(
    async () => {
      const [rows] = await replica.query<RowDataPacket[]>(say.showLinks())
      const link = linkStatusOf(textRow(rows[0] ?? {}))
      return (link.applierError ?? link.receiverError) ? link : null
    },
    60_000,
    'the link stops with an error'
  )

const textRow = (row: Record<string, unknown>): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)]))

export const wordsOf = ({ say }: LinkGround): LinkWords => ({
  asked: say.showLinks(),
  status: say.showLink(''),
  start: say.startLink(''),
  stop: say.stopLink('')
})

/** Takes away what the breakages leave on both servers. */
export const swept = async ({ source, replica, say }: LinkGround): Promise<void> => {
  for (const connection of [source, replica])
    await run(connection, [
      say.sessionBinlogOff(),
      'DROP DATABASE IF EXISTS broken',
      'DROP DATABASE IF EXISTS own',
      "DROP USER IF EXISTS 'broken'@'%'",
      say.sessionBinlogOn()
    ])
}
