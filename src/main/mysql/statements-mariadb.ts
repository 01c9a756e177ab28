import { hashedPlaceholder } from '../../shared/secret'
import { quoteAccount, quoteText } from './identifiers'
import type { LinkTarget, StartPosition, Statements } from './statements'
import {
  alterEvent,
  nowMicros,
  openInnodbTransactions,
  ownSchemaName,
  quotePosition,
  readOnlyNow,
  statementsCommon,
  wholeSeconds
} from './statements-common'

/** MariaDB from 10.2 on. */
export const statementsMariadb = (): Statements => ({
  ...statementsCommon,
  flavour: 'mariadb',
  identity: () =>
    'SELECT @@version AS version, @@version_comment AS comment, NULL AS uuid, @@server_id AS server_id, @@hostname AS hostname, @@port AS port, @@datadir AS datadir',
  showLinks: () => 'SHOW ALL SLAVES STATUS',
  showLink: (channel) => `SHOW SLAVE${named(channel)} STATUS`,
  showReplicas: () => 'SHOW SLAVE HOSTS',
  groupMembers: null,
  binlogStatus: () => 'SHOW MASTER STATUS',
  position: () =>
    "SELECT @@global.gtid_binlog_pos AS executed, '' AS purged, @@global.gtid_binlog_state AS binlog_state, @@global.gtid_slave_pos AS replica_pos",
  configureLink: (target, start) => [
    ...(start.kind === 'gtid' ? [`SET GLOBAL gtid_slave_pos = ${quotePosition(start.position)}`] : []),
    changeMaster(target, start)
  ],
  startLink: (channel) => [`START SLAVE${named(channel)}`],
  stopLink: (channel) => [`STOP SLAVE${named(channel)}`],
  resetLink: (channel) => [`RESET SLAVE${named(channel)} ALL`],
  adoptPosition: (position) => ['RESET MASTER', `SET GLOBAL gtid_slave_pos = ${quotePosition(position)}`],
  setReadOnly: (on) => [`SET GLOBAL read_only = ${on ? 1 : 0}`],
  persistReadOnly: () => [],
  showReadOnly: () => `SELECT ${readOnlyNow} AS read_only, NULL AS super_read_only`,
  seal: () => 'SET GLOBAL read_only = 1',
  unseal: () => ['SET GLOBAL read_only = 0'],
  waitFor: (position, seconds) => ({
    statement: `SELECT MASTER_GTID_WAIT(${quotePosition(position)}, ${wholeSeconds(seconds)}) AS waited`,
    reached: (row) => row?.waited === '0'
  }),
  arm: (token, seconds) => [
    `SET @siteswap_w = MASTER_GTID_WAIT(${quotePosition(token.position)}, ${wholeSeconds(seconds)})`,
    'SET GLOBAL read_only = IF(@siteswap_w = 0, 0, 1)',
    `SELECT @siteswap_w AS waited, ${readOnlyNow} AS read_only, NULL AS super_read_only, ${nowMicros} AS now_us`
  ],
  armOpened: (row) => row?.read_only === '0',
  throwToken: (token) => {
    const [domain, , sequence] = token.position.split('-')
    return [
      'SET GLOBAL read_only = 1',
      // The own lock refuses the row until it is let go; the seal keeps everybody else out meanwhile.
      'UNLOCK TABLES',
      `SET SESSION gtid_domain_id = ${BigInt(domain ?? '')}`,
      `SET SESSION gtid_seq_no = ${BigInt(sequence ?? '')}`,
      `REPLACE INTO ${ownSchemaName}.token (id, position, at_us) VALUES (1, ${quotePosition(token.position)}, ${nowMicros})`
    ]
  },
  persistAutoIncrement: () => [],
  liveness: (seconds) => [`SET GLOBAL slave_net_timeout = ${wholeSeconds(seconds)}`],
  createAccount: (user, host, password) => {
    const account = quoteAccount(user, host)
    // MariaDB writes the statement into the binary log as it came, with a password in clear; MySQL puts the hash there itself.
    const hashed = hashedPlaceholder(password)
    const by = hashed === password ? `'${password}'` : `PASSWORD '${hashed}'`
    return [`CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY ${by}`, `ALTER USER ${account} IDENTIFIED BY ${by}`]
  },
  portableHashes: () => [],
  disableEvent: (event) => `${alterEvent(event)} DISABLE ON SLAVE`,
  disabledOnReplica: ['SLAVESIDE_DISABLED', 'REPLICA_SIDE_DISABLED'],
  processTable: 'information_schema.PROCESSLIST',
  openTransactions: () => openInnodbTransactions,
  configLine: (readOnly) => `read_only = ${readOnly ? 'ON' : 'OFF'}`
})

const named = (channel: string): string => (channel === '' ? '' : ` ${quoteText(channel)}`)

const changeMaster = (target: LinkTarget, start: StartPosition): string =>
  `CHANGE MASTER${named(target.channel)} TO ${[
    `MASTER_HOST = ${quoteText(target.sourceHost)}`,
    `MASTER_PORT = ${Math.trunc(target.sourcePort)}`,
    `MASTER_USER = ${quoteText(target.user)}`,
    `MASTER_PASSWORD = '${target.password}'`,
    ...(start.kind === 'file'
      ? [`MASTER_LOG_FILE = ${quoteText(start.file)}`, `MASTER_LOG_POS = ${start.position}`, 'MASTER_USE_GTID = no']
      : ['MASTER_USE_GTID = slave_pos']),
    'MASTER_CONNECT_RETRY = 2',
    'MASTER_HEARTBEAT_PERIOD = 1',
    // 11.4 and later want verified TLS by default, which a source without TLS cannot give; the bridge is encrypted.
    'MASTER_SSL = 0'
  ].join(', ')}`
