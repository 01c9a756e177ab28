import type { LinkWords, ServerSurvey } from '../../shared/server'
import { askParts, type Part } from './ask-parts'
import type { Capabilities } from './capabilities'
import { linkStatusOf } from './replica-status'
import { registeredReplicaOf, replicationSettingsOf, replicationStatus } from './replication-settings'
import { identityOf } from './server-identity'
import { limitsOf } from './server-limits'
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
const statusStatement = `SHOW GLOBAL STATUS WHERE Variable_name IN (${['Uptime', 'Threads_connected', ...rowCounters, ...replicationStatus].map((name) => `'${name}'`).join(', ')})`
const peerHost = "IF(LOCATE(':', HOST) = 0, HOST, LEFT(HOST, CHAR_LENGTH(HOST) - LOCATE(':', REVERSE(HOST))))"
const connectionsStatement = (processTable: string): string =>
  `SELECT USER AS account, ${peerHost} AS peer, COMMAND LIKE 'Binlog Dump%' AS dump, COUNT(*) AS n FROM ${processTable} GROUP BY account, peer, dump ORDER BY n DESC LIMIT 1000`
const sizesStatement =
  "SELECT SUM(DATA_LENGTH + INDEX_LENGTH) AS bytes FROM information_schema.TABLES WHERE TABLE_SCHEMA NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema')"

/**
 * Asks one server how it is, in one round trip on a session opened with `packets: true`, otherwise one for each of seven small
 * reads. Rejects when the server does not answer; what a missing right hides is named in `untold`.
 */
export const surveyServer = async (
  session: Session,
  capabilities: Capabilities,
  serverId: string,
  options: SurveyOptions = {}
): Promise<ServerSurvey> => {
  const words = statementsFor(capabilities)
  const { sizes, ...ask } = options
  const began = performance.now()
  const needed = (statement: string): Part => ({ statement, needed: true })
  const wanted = (statement: string): Part => ({ statement, needed: false })
  const { rows, untold, roundTrips } = await askParts(
    session,
    [
      needed(variablesStatement),
      needed(statusStatement),
      needed(words.position()),
      needed(connectionsStatement(words.processTable)),
      wanted(words.showLinks()),
      wanted(words.binlogStatus()),
      wanted(words.showReplicas()),
      ...(words.groupMembers === null ? [] : [wanted(words.groupMembers)]),
      ...(sizes ? [wanted(sizesStatement)] : [])
    ],
    ask
  )
  const [variableRows = [], statusRows = [], [position = {}] = [], connections = [], linkRows = []] = rows
  const [[binlog] = [], replicas = []] = rows.slice(5)
  const members = words.groupMembers === null ? [] : (rows[7] ?? [])
  const size = sizes ? rows.at(-1)?.[0] : undefined
  const variables = valuesOf(variableRows)
  const status = valuesOf(statusRows)
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
    readOnly: !/^(off|0)$/i.test(variables.read_only ?? 'OFF'),
    superReadOnly: variables.super_read_only === undefined ? null : isOn(variables.super_read_only),
    logBin: isOn(variables.log_bin),
    gtid: {
      executed: oneLine(position.executed),
      purged: oneLine(position.purged),
      binlogState: oneLine(position.binlog_state),
      replicaPos: oneLine(position.replica_pos)
    },
    binlog: binlog?.File ? { file: binlog.File, position: numberOf(binlog.Position) } : null,
    links: linkRows.map(linkStatusOf).map((link) => ({ ...link, words: linkWords(words, link.channel) })),
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
    variables,
    registered: replicas.map(registeredReplicaOf),
    registeredAsked: words.showReplicas(),
    replication: replicationSettingsOf(variables, status, binlog),
    limits: limitsOf({
      version: variables.version ?? '',
      comment: variables.version_comment ?? '',
      variables,
      groupMembers: members.length
    }),
    untold,
    roundTrips
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
