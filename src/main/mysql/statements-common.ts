import { quoteAccount, quoteId, quoteText } from './identifiers'
import type { EventName, Statements } from './statements'
import { splitAccount } from './words'

export const ownSchemaName = 'siteswap'
/** Advisory lock that the one acting operator holds on both servers. */
export const claimLockName = 'siteswap.claim'

/**
 * 1 when the server refuses writes, whatever words it has for that: 0 and 1, OFF and ON, and from MariaDB 12.0 on also NO_LOCK
 * and NO_LOCK_NO_ADMIN (MDEV-36425), which as numbers would all be 0.
 */
export const readOnlyNow = "(UPPER(CAST(@@global.read_only AS CHAR)) NOT IN ('0', 'OFF'))"

const lockWait = (seconds: number): string => `SET SESSION lock_wait_timeout = ${wholeSeconds(seconds)}`

/** What both flavours say in the same words. */
export const statementsCommon = {
  lease: (seconds) => {
    const whole = wholeSeconds(seconds)
    return [`SET SESSION wait_timeout = ${whole}, lock_wait_timeout = ${whole}, net_read_timeout = ${whole}`]
  },
  claim: () => `SELECT GET_LOCK('${claimLockName}', 0) AS claimed`,
  claimHolder: () => `SELECT IS_USED_LOCK('${claimLockName}') AS holder`,
  hold: (waitSeconds, leaseSeconds) => [lockWait(waitSeconds), 'FLUSH TABLES WITH READ LOCK', lockWait(leaseSeconds)],
  letGo: () => 'UNLOCK TABLES',
  autoIncrement: (increment, offset) => [
    `SET GLOBAL auto_increment_increment = ${Math.trunc(increment)}`,
    `SET GLOBAL auto_increment_offset = ${Math.trunc(offset)}`
  ],
  sessionBinlogOff: () => 'SET SESSION sql_log_bin = 0',
  sessionBinlogOn: () => 'SET SESSION sql_log_bin = 1',
  setGlobal: (name, value) => `SET GLOBAL ${name} = ${value}`,
  dropAccount: (user, host) => `DROP USER IF EXISTS ${quoteAccount(user, host)}`,
  grantReplication: (user, host) => [`GRANT REPLICATION SLAVE ON *.* TO ${quoteAccount(user, host)}`],
  grantCanary: (user, host) => [
    `GRANT SELECT, INSERT ON ${quoteId(ownSchemaName)}.${quoteId('canary')} TO ${quoteAccount(user, host)}`
  ],
  showGrants: (user, host) => `SHOW GRANTS FOR ${quoteAccount(user, host)}`,
  showCreateUser: (user, host) => `SHOW CREATE USER ${quoteAccount(user, host)}`,
  enableEvent: (event) => `${alterEvent(event)} ENABLE`,
  ownSchema: () => [
    `CREATE DATABASE IF NOT EXISTS ${ownSchemaName} DEFAULT CHARACTER SET utf8mb4`,
    `CREATE TABLE IF NOT EXISTS ${ownSchemaName}.heartbeat (server_id INT UNSIGNED NOT NULL PRIMARY KEY, at_us BIGINT UNSIGNED NOT NULL) ENGINE = InnoDB`,
    `CREATE TABLE IF NOT EXISTS ${ownSchemaName}.token (id TINYINT UNSIGNED NOT NULL PRIMARY KEY, position VARCHAR(100) CHARACTER SET ascii NOT NULL, at_us BIGINT UNSIGNED NOT NULL) ENGINE = InnoDB`,
    `CREATE TABLE IF NOT EXISTS ${ownSchemaName}.canary (id CHAR(36) CHARACTER SET ascii NOT NULL PRIMARY KEY, run VARCHAR(64) CHARACTER SET ascii NOT NULL, host VARCHAR(64) CHARACTER SET ascii NOT NULL, n BIGINT UNSIGNED NOT NULL, at_us BIGINT UNSIGNED NOT NULL, KEY run_host (run, host)) ENGINE = InnoDB`
  ],
  // The condition is read after a hold lets go: an account that writes past read_only adds nothing after the throw.
  heartbeat: () =>
    `INSERT INTO ${ownSchemaName}.heartbeat (server_id, at_us) SELECT @@server_id, ${nowMicros} FROM DUAL WHERE NOT ${readOnlyNow} ON DUPLICATE KEY UPDATE at_us = VALUES(at_us)`,
  readHeartbeat: () => `SELECT server_id, at_us, ${nowMicros} AS now_us FROM ${ownSchemaName}.heartbeat`,
  clock: () => `SELECT ${nowMicros} AS now_us`,
  kill: (connectionId) => `KILL CONNECTION ${BigInt(connectionId)}`
} satisfies Partial<Statements>

/** Transactions that have changed rows, as InnoDB tells. */
export const openInnodbTransactions =
  "SELECT t.trx_mysql_thread_id AS id, p.USER AS user, p.HOST AS host, TIMESTAMPDIFF(SECOND, t.trx_started, NOW()) AS seconds FROM information_schema.INNODB_TRX t JOIN information_schema.PROCESSLIST p ON p.ID = t.trx_mysql_thread_id WHERE t.trx_rows_modified > 0 AND t.trx_mysql_thread_id <> CONNECTION_ID() AND p.USER NOT IN ('system user', 'event_scheduler')"

/** UTC microseconds since 1970 of the moment the statement began, whatever the session's time zone is. */
export const nowMicros = "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))"

/** `ALTER DEFINER=… EVENT schema.name`, the definer kept. */
export const alterEvent = (event: EventName): string => {
  const { user, host } = splitAccount(event.definer)
  return `ALTER DEFINER = ${quoteAccount(user, host)} EVENT ${quoteId(event.schema)}.${quoteId(event.name)}`
}

/** Whole seconds, one at least. */
export const wholeSeconds = (seconds: number): number => Math.max(1, Math.ceil(seconds))

/** A GTID position as a quoted text without the line breaks that servers put into long sets. */
export const quotePosition = (position: string): string => quoteText(position.replace(/\s+/g, ''))
