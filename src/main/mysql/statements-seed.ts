import type { Capabilities } from './capabilities'
import { quoteText } from './identifiers'
import { readOnlyNow } from './statements-common'

/** What seeding says to a server beyond `Statements`, per flavour. Pure: texts only; lists run in order. */
export interface SeedStatements {
  /** The binary log begins anew and no transaction counts as held. Only for an empty server nobody replicates from. */
  beginAnew(): string[]
  /** Back to the position noted before `beginAnew`. */
  restorePosition(before: { executed: string; binlogState: string; replicaPos: string }): string[]
  /** One row when the server is closed for writes and no link runs on it; otherwise the statement fails (error 1242). */
  refuseUnlessPassive(): string
  /** Rows user, host, is_role ('Y' or 'N') of all accounts. */
  listAccounts(): string
  /** What the dump tool is told, so that the dump says the position it was taken at. */
  dumpPosition(): string[]
  /** Rows user, host, proof: a digest of plugin and password hash, so that two servers can be compared without showing either. */
  proveAccounts(): string
  /** What asks for an account with its hash, before its quoted name; null: SHOW GRANTS makes it (MySQL before 5.7.6). */
  readonly showAccount: string | null
}

/** The words of this server. */
export const seedStatementsFor = (can: Capabilities): SeedStatements =>
  can.flavour === 'mariadb' ? mariadb : mysql(can)

/** A subquery with two rows where one is wanted: an error that needs no stored program and no privilege. */
const failing = '(SELECT 1 UNION SELECT 2)'

const mariadb: SeedStatements = {
  beginAnew: () => ['RESET MASTER', "SET GLOBAL gtid_slave_pos = ''"],
  restorePosition: (before) => [
    'RESET MASTER',
    `SET GLOBAL gtid_binlog_state = ${quoteText(before.binlogState)}`,
    `SET GLOBAL gtid_slave_pos = ${quoteText(before.replicaPos)}`
  ],
  refuseUnlessPassive: () =>
    `SELECT IF(${readOnlyNow} AND (SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE COMMAND IN ('Slave_IO', 'Slave_SQL')) = 0, 'passive', ${failing}) AS state`,
  dumpPosition: () => ['--gtid', '--master-data=2'],
  // roles stand in the same table, with an empty host; PUBLIC is the server's own
  listAccounts: () =>
    "SELECT User AS user, Host AS host, is_role FROM mysql.user WHERE NOT (is_role = 'Y' AND User = 'PUBLIC') ORDER BY 1, 2",
  showAccount: 'SHOW CREATE USER',
  proveAccounts: () =>
    "SELECT User AS user, Host AS host, SHA2(JSON_REMOVE(Priv, '$.access', '$.version_id', '$.password_last_changed'), 256) AS proof FROM mysql.global_priv"
}

const mysql = (can: Capabilities): SeedStatements => {
  const linkThreads = can.channels
    ? "performance_schema.replication_connection_status WHERE SERVICE_STATE <> 'OFF'"
    : "information_schema.PROCESSLIST WHERE USER = 'system user'"
  const reset = can.binaryLogStatusWords ? 'RESET BINARY LOGS AND GTIDS' : 'RESET MASTER'
  return {
    beginAnew: () => [reset],
    restorePosition: (before) => [
      reset,
      ...(before.executed === '' ? [] : [`SET GLOBAL gtid_purged = ${quoteText(before.executed)}`])
    ],
    refuseUnlessPassive: () =>
      `SELECT IF(@@global.read_only = 1 AND (SELECT COUNT(*) FROM ${linkThreads}) = 0, 'passive', ${failing}) AS state`,
    dumpPosition: () => ['--set-gtid-purged=ON'],
    listAccounts: () => "SELECT User AS user, Host AS host, 'N' AS is_role FROM mysql.user ORDER BY 1, 2",
    showAccount: can.persist
      ? 'SET SESSION print_identified_with_as_hex = 1; SHOW CREATE USER'
      : can.channels
        ? 'SHOW CREATE USER'
        : null,
    proveAccounts: () =>
      `SELECT User AS user, Host AS host, SHA2(CONCAT_WS(0x00, plugin, ${can.channels ? '' : 'Password, '}authentication_string), 256) AS proof FROM mysql.user`
  }
}
