import { failureOf } from '../../shared/failure'
import type { LinkWords, ServerSurvey } from '../../shared/server'
import type { Capabilities } from './capabilities'
import { identityOf } from './probe-capabilities'
import { linkStatusOf } from './replica-status'
import type { Row, Session, SessionOptions } from './session'
import { type Statements, statementsFor } from './statements'
import { surveyVariables } from './variables'
import { isOn, numberOf } from './words'

export interface SurveyOptions extends SessionOptions {
  /** Also sum up table sizes: slow on servers with very many tables, so not in every survey. */
  sizes?: boolean
}

const variablesStatement = `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${surveyVariables.map((name) => `'${name}'`).join(', ')})`
// Rows changed by clients and by the applier. MariaDB no longer counts the InnoDB ones; its handler counters leave out temporary tables.
const counters = {
  mysql: ['Innodb_rows_inserted', 'Innodb_rows_updated', 'Innodb_rows_deleted'],
  mariadb: ['Handler_write', 'Handler_update', 'Handler_delete']
}
const rowCounters = [...counters.mysql, ...counters.mariadb]
const statusStatement = `SHOW GLOBAL STATUS WHERE Variable_name IN (${['Uptime', 'Threads_connected', ...rowCounters].map((name) => `'${name}'`).join(', ')})`
const peerHost = "IF(LOCATE(':', HOST) = 0, HOST, LEFT(HOST, CHAR_LENGTH(HOST) - LOCATE(':', REVERSE(HOST))))"
const connectionsStatement = (processTable: string): string =>
  `SELECT USER AS account, ${peerHost} AS peer, COMMAND LIKE 'Binlog Dump%' AS dump, COUNT(*) AS n FROM ${processTable} GROUP BY account, peer, dump ORDER BY n DESC LIMIT 1000`
const sizesStatement =
  "SELECT SUM(DATA_LENGTH + INDEX_LENGTH) AS bytes FROM information_schema.TABLES WHERE TABLE_SCHEMA NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema')"

/** Asks one server how it is: six small reads. Rejects when the server does not answer; a missing right leaves its part empty. */
export const surveyServer = async (
  session: Session,
  capabilities: Capabilities,
  serverId: string,
  options: SurveyOptions = {}
): Promise<ServerSurvey> => {
  const words = statementsFor(capabilities)
  const { sizes, ...ask } = options
  const began = performance.now()
  const variables = valuesOf(await session.query(variablesStatement, [], ask))
  const status = valuesOf(await session.query(statusStatement, [], ask))
  const [position = {}] = await session.query(words.position(), [], ask)
  const links = (await unlessDenied(session.query(words.showLinks(), [], ask)))
    .map(linkStatusOf)
    .map((link) => ({ ...link, words: linkWords(words, link.channel) }))
  const [binlog] = variables.log_bin === 'ON' ? await unlessDenied(session.query(words.binlogStatus(), [], ask)) : []
  const connections = await session.query(connectionsStatement(words.processTable), [], ask)
  const [size] = sizes ? await session.query(sizesStatement, [], ask) : []
  const told = { ...variables, comment: variables.version_comment ?? '' }
  return {
    server: serverId,
    at: Date.now(),
    tookMs: performance.now() - began,
    identity: identityOf(
      capabilities.flavour,
      capabilities.identity.versionNumbers,
      told,
      variables.server_uuid ?? null
    ),
    readOnly: (variables.read_only ?? 'OFF').toUpperCase() !== 'OFF',
    superReadOnly: variables.super_read_only === undefined ? null : isOn(variables.super_read_only),
    logBin: isOn(variables.log_bin),
    gtid: {
      executed: oneLine(position.executed),
      purged: oneLine(position.purged),
      binlogState: oneLine(position.binlog_state),
      replicaPos: oneLine(position.replica_pos)
    },
    binlog: binlog?.File ? { file: binlog.File, position: numberOf(binlog.Position) } : null,
    links,
    dumpThreads: connections
      .filter((row) => row.dump === '1')
      .map((row) => ({ user: row.account ?? '', host: row.peer ?? '' })),
    connections: {
      total: numberOf(status.Threads_connected),
      limit: numberOf(variables.max_connections),
      byAccount: connections
        .filter((row) => row.dump !== '1' && !serverThreads.has(row.account ?? ''))
        .map((row) => ({ user: row.account ?? '', host: row.peer ?? '', count: numberOf(row.n) }))
    },
    uptimeSeconds: numberOf(status.Uptime),
    writesTotal: counters[capabilities.flavour].reduce((sum, name) => sum + numberOf(status[name]), 0),
    dataBytes: size ? numberOf(size.bytes) : null,
    variables
  }
}

const linkWords = (say: Statements, channel: string): LinkWords => ({
  asked: say.showLinks(),
  status: say.showLink(channel),
  start: say.startLink(channel),
  stop: say.stopLink(channel)
})

const serverThreads = new Set(['system user', 'event_scheduler', ''])

/** `Variable_name`/`Value` rows as a plain record; an own prototype-free object, because names come from a server. */
export const valuesOf = (rows: readonly Row[]): Record<string, string> => {
  const values: Record<string, string> = Object.create(null)
  for (const row of rows) values[row.Variable_name ?? ''] = row.Value ?? ''
  return values
}

const oneLine = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, '')

const unlessDenied = async (answer: Promise<Row[]>): Promise<Row[]> => {
  try {
    return await answer
  } catch (error) {
    if (failureOf(error).kind === 'denied') return []
    throw error
  }
}
