import type { Capabilities } from './capabilities'
import { quoteAccount, quoteText } from './identifiers'
import type { LinkTarget, StartPosition, Statements, Token } from './statements'
import {
  alterEvent,
  nowMicros,
  openInnodbTransactions,
  quotePosition,
  statementsCommon,
  wholeSeconds
} from './statements-common'

/** MySQL and Percona Server from 5.6 to today, in the words the server understands. */
export const statementsMysql = (can: Capabilities): Statements => {
  const replica = can.replicaWords ? 'REPLICA' : 'SLAVE'
  const onChannel = (channel: string) => (can.channels ? ` FOR CHANNEL ${quoteText(channel)}` : '')
  const seal = can.superReadOnly ? 'SET GLOBAL super_read_only = 1' : 'SET GLOBAL read_only = 1'
  const open = can.superReadOnly
    ? ['SET GLOBAL super_read_only = 0', 'SET GLOBAL read_only = 0']
    : ['SET GLOBAL read_only = 0']
  const waitCall = (position: string, seconds: number) =>
    can.gtidWait === 'executed-set'
      ? `WAIT_FOR_EXECUTED_GTID_SET(${quotePosition(position)}, ${wholeSeconds(seconds)})`
      : `WAIT_UNTIL_SQL_THREAD_AFTER_GTIDS(${quotePosition(position)}, ${wholeSeconds(seconds)})`
  // The older function answers the number of events it waited for, -1 when the time passed, NULL when nothing applies.
  const came = can.gtidWait === 'executed-set' ? '@siteswap_w = 0' : '@siteswap_w >= 0'
  const modern = can.performanceSchema && can.replicaWords
  const readOnlyColumns = `@@global.read_only AS read_only, ${can.superReadOnly ? '@@global.super_read_only' : 'NULL'} AS super_read_only`

  return {
    ...statementsCommon,
    flavour: 'mysql',
    identity: () =>
      'SELECT @@version AS version, @@version_comment AS comment, @@server_uuid AS uuid, @@server_id AS server_id, @@hostname AS hostname, @@port AS port, @@datadir AS datadir',
    showLinks: () => `SHOW ${replica} STATUS`,
    showLink: (channel) => `SHOW ${replica} STATUS${onChannel(channel)}`,
    groupMembers: can.groupReplication
      ? "SELECT MEMBER_HOST AS host, MEMBER_PORT AS port, MEMBER_STATE AS state FROM performance_schema.replication_group_members WHERE MEMBER_STATE <> 'OFFLINE'"
      : null,
    showReplicas: () => (can.replicaWords ? 'SHOW REPLICAS' : 'SHOW SLAVE HOSTS'),
    binlogStatus: () => (can.binaryLogStatusWords ? 'SHOW BINARY LOG STATUS' : 'SHOW MASTER STATUS'),
    position: () =>
      "SELECT @@global.gtid_executed AS executed, @@global.gtid_purged AS purged, '' AS binlog_state, '' AS replica_pos",
    configureLink: (target, start) => [
      can.replicaWords ? changeSource(target, start) : changeMaster(can, target, start, onChannel(target.channel))
    ],
    startLink: (channel) => [`START ${replica}${onChannel(channel)}`],
    stopLink: (channel) => [`STOP ${replica}${onChannel(channel)}`],
    resetLink: (channel) => [`RESET ${replica} ALL${onChannel(channel)}`],
    adoptPosition: (position) => [
      can.binaryLogStatusWords ? 'RESET BINARY LOGS AND GTIDS' : 'RESET MASTER',
      `SET GLOBAL gtid_purged = ${quotePosition(position)}`
    ],
    setReadOnly: (on) => (on ? [seal] : open),
    persistReadOnly: (on) => {
      if (!can.persist) return []
      return on ? ['SET PERSIST super_read_only = 1'] : ['SET PERSIST super_read_only = 0', 'SET PERSIST read_only = 0']
    },
    showReadOnly: () => `SELECT ${readOnlyColumns}`,
    seal: () => seal,
    unseal: () => open,
    waitFor: (position, seconds) => ({
      statement: `SELECT ${waitCall(position, seconds)} AS waited`,
      reached: (row) =>
        can.gtidWait === 'executed-set' ? row?.waited === '0' : row?.waited != null && Number(row.waited) >= 0
    }),
    arm: (token, seconds) => [
      `SET @siteswap_w = ${waitCall(token.position, seconds)}`,
      ...(can.superReadOnly ? [`SET GLOBAL super_read_only = IF(${came}, 0, 1)`] : []),
      `SET GLOBAL read_only = IF(${came}, 0, 1)`,
      `SELECT @siteswap_w AS waited, ${readOnlyColumns}, ${nowMicros} AS now_us`
    ],
    armOpened: (row) => row?.read_only === '0',
    throwToken: (token: Token) => [
      seal,
      `SET gtid_next = ${quotePosition(token.position)}`,
      'BEGIN',
      'COMMIT',
      "SET gtid_next = 'AUTOMATIC'",
      'UNLOCK TABLES'
    ],
    persistAutoIncrement: (increment, offset) =>
      can.persist
        ? [
            `SET PERSIST auto_increment_increment = ${Math.trunc(increment)}`,
            `SET PERSIST auto_increment_offset = ${Math.trunc(offset)}`
          ]
        : [],
    liveness: (seconds) => [
      `SET GLOBAL ${can.replicaWords ? 'replica_net_timeout' : 'slave_net_timeout'} = ${wholeSeconds(seconds)}`
    ],
    createAccount: (user, host, password) => {
      const account = quoteAccount(user, host)
      if (!can.channels) return [`GRANT USAGE ON *.* TO ${account} IDENTIFIED BY '${password}'`]
      const proof = can.cachingSha2
        ? `IDENTIFIED WITH caching_sha2_password BY '${password}'`
        : `IDENTIFIED BY '${password}'`
      return [`CREATE USER IF NOT EXISTS ${account} ${proof}`, `ALTER USER ${account} ${proof}`]
    },
    dropAccount: (user, host) =>
      can.channels ? `DROP USER IF EXISTS ${quoteAccount(user, host)}` : `DROP USER ${quoteAccount(user, host)}`,
    portableHashes: () => (can.persist ? ['SET SESSION print_identified_with_as_hex = 1'] : []),
    disableEvent: (event) => `${alterEvent(event)} DISABLE ON ${can.binaryLogStatusWords ? 'REPLICA' : 'SLAVE'}`,
    disabledOnReplica: ['REPLICA_SIDE_DISABLED', 'SLAVESIDE_DISABLED'],
    // information_schema's PROCESSLIST and INNODB_TRX fail with error 3854 as soon as any running statement holds a
    // four-byte character (seen on 9.7), so the performance schema is asked where it has them (8.0.22).
    processTable: modern ? 'performance_schema.processlist' : 'information_schema.PROCESSLIST',
    openTransactions: () => (modern ? openInPerformanceSchema : openInnodbTransactions),
    configLine: (readOnly) =>
      can.superReadOnly ? `super_read_only = ${readOnly ? 'ON' : 'OFF'}` : `read_only = ${readOnly ? 'ON' : 'OFF'}`
  }
}

const openInPerformanceSchema =
  "SELECT t.PROCESSLIST_ID AS id, t.PROCESSLIST_USER AS user, t.PROCESSLIST_HOST AS host, FLOOR(e.TIMER_WAIT / 1000000000000) AS seconds FROM performance_schema.events_transactions_current e JOIN performance_schema.threads t ON t.THREAD_ID = e.THREAD_ID WHERE e.STATE = 'ACTIVE' AND e.AUTOCOMMIT = 'NO' AND e.ACCESS_MODE = 'READ WRITE' AND t.NAME = 'thread/sql/one_connection' AND t.PROCESSLIST_ID <> CONNECTION_ID()"

const changeSource = (target: LinkTarget, start: StartPosition): string =>
  `CHANGE REPLICATION SOURCE TO ${[
    `SOURCE_HOST = ${quoteText(target.sourceHost)}`,
    `SOURCE_PORT = ${Math.trunc(target.sourcePort)}`,
    `SOURCE_USER = ${quoteText(target.user)}`,
    `SOURCE_PASSWORD = '${target.password}'`,
    ...(start.kind === 'file'
      ? [`SOURCE_LOG_FILE = ${quoteText(start.file)}`, `SOURCE_LOG_POS = ${start.position}`, 'SOURCE_AUTO_POSITION = 0']
      : ['SOURCE_AUTO_POSITION = 1']),
    'SOURCE_CONNECT_RETRY = 2',
    'SOURCE_RETRY_COUNT = 1000000',
    'SOURCE_HEARTBEAT_PERIOD = 1',
    'SOURCE_SSL = 0',
    // caching_sha2_password without TLS would otherwise work only until the source's cache is cold.
    'GET_SOURCE_PUBLIC_KEY = 1'
  ].join(', ')} FOR CHANNEL ${quoteText(target.channel)}`

const changeMaster = (can: Capabilities, target: LinkTarget, start: StartPosition, channel: string): string =>
  `CHANGE MASTER TO ${[
    `MASTER_HOST = ${quoteText(target.sourceHost)}`,
    `MASTER_PORT = ${Math.trunc(target.sourcePort)}`,
    `MASTER_USER = ${quoteText(target.user)}`,
    `MASTER_PASSWORD = '${target.password}'`,
    ...(start.kind === 'file'
      ? [`MASTER_LOG_FILE = ${quoteText(start.file)}`, `MASTER_LOG_POS = ${start.position}`, 'MASTER_AUTO_POSITION = 0']
      : ['MASTER_AUTO_POSITION = 1']),
    'MASTER_CONNECT_RETRY = 2',
    'MASTER_RETRY_COUNT = 1000000',
    'MASTER_HEARTBEAT_PERIOD = 1',
    ...(can.cachingSha2 ? ['GET_MASTER_PUBLIC_KEY = 1'] : [])
  ].join(', ')}${channel}`
