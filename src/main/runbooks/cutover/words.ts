import type { ServerIdentity } from '../../../shared/server'
import type { Statements } from '../../mysql/statements'
import { nowMicros, readOnlyNow } from '../../mysql/statements-common'
import { quoteText } from '../../mysql/words'
import type { CutoverFacts } from './facts'

const isSame = (identity: ServerIdentity): string =>
  identity.uuid
    ? `@@server_uuid = ${quoteText(identity.uuid)}`
    : `@@server_id = ${identity.serverId} AND @@hostname = ${quoteText(identity.hostname)} AND @@port = ${identity.port} AND @@datadir = ${quoteText(identity.datadir)}`

/** `1`: read-only, `0`: takes writes; any other answer is none of this server. Needs no right. */
export const readOnlyOf = (identity: ServerIdentity): string =>
  `SELECT IF(${isSame(identity)}, ${readOnlyNow}, 'another server')`

/** Fails, and ends the packet it leads, unless this is the server that was looked at (error 1242 otherwise). */
export const sameServer = (identity: ServerIdentity): string =>
  `SELECT IF(${isSame(identity)}, 'same server', (SELECT 1 UNION SELECT 2)) AS guard`

/** As `sameServer`, and only in the very session that holds. */
export const sameServerAndHold = (identity: ServerIdentity, tag: string): string =>
  `SELECT IF(${isSame(identity)} AND @siteswap_hold = ${quoteText(tag)}, 'same server, hold held', (SELECT 1 UNION SELECT 2)) AS guard`

export const markHold = (tag: string): string => `SET @siteswap_hold = ${quoteText(tag)}`
/** Renews the lease and tells whether this is still the session that holds. */
export const pingHold = (tag: string): string => `SELECT @siteswap_hold <=> ${quoteText(tag)} AS held`

export const preparedXa = 'XA RECOVER'
/** Who speaks to this database, without the server's own threads and connections that have not signed in. */
export const connectionList = (say: Statements): string =>
  `SELECT ID AS id, USER AS user, HOST AS host, DB AS db, COMMAND AS command, TIME AS seconds, LEFT(INFO, 200) AS info FROM ${say.processTable} WHERE USER NOT IN ('system user', 'event_scheduler', 'unauthenticated user', '') AND COMMAND NOT LIKE 'Binlog Dump%' AND COMMAND <> 'Daemon' AND ID <> CONNECTION_ID()`
/** Connections ever made, by account and address: shows those that came and went between two looks. Empty where it is switched off. */
export const accountTotals =
  "SELECT USER AS user, HOST AS host, TOTAL_CONNECTIONS AS total FROM performance_schema.accounts WHERE USER IS NOT NULL AND USER <> 'event_scheduler'"

/** Sessions in which this token is waited for. */
export const armedSessions = (say: Statements, token: string): string =>
  `SELECT ID AS id FROM ${say.processTable} WHERE ID <> CONNECTION_ID() AND INFO LIKE ${quoteText(`SET @siteswap_w = %${token}%`)}`

export const takeClaim = "SELECT GET_LOCK('siteswap', 2) AS got"
export const claimIsMine = "SELECT IS_USED_LOCK('siteswap') <=> CONNECTION_ID() AS mine"
export const releaseClaim = "SELECT RELEASE_LOCK('siteswap') AS released"
export const epochTable =
  'CREATE TABLE IF NOT EXISTS siteswap.epoch (epoch BIGINT UNSIGNED NOT NULL, tag VARCHAR(64) CHARACTER SET ascii NOT NULL PRIMARY KEY, kind VARCHAR(16) NOT NULL, operator VARCHAR(120) NOT NULL, computer VARCHAR(120) NOT NULL, at_us BIGINT UNSIGNED NOT NULL) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4'
export const epochRow = (facts: CutoverFacts, tag: string): string =>
  `REPLACE INTO siteswap.epoch (epoch, tag, kind, operator, computer, at_us) VALUES (${facts.epoch}, ${quoteText(tag)}, ${quoteText(facts.kind)}, ${quoteText(facts.operator.slice(0, 120))}, ${quoteText(facts.computer.slice(0, 120))}, ${nowMicros})`
export const epochSeen = (tag: string): string =>
  `SELECT at_us, ${nowMicros} AS now_us FROM siteswap.epoch WHERE tag = ${quoteText(tag)}`
export const lastClaim =
  'SELECT operator, computer, kind, FROM_UNIXTIME(at_us / 1000000) AS since FROM siteswap.epoch ORDER BY at_us DESC LIMIT 1'

/** What a fresh MariaDB token is made of. */
export const mariadbTokenParts =
  'SELECT @@gtid_domain_id AS domain, @@server_id AS server, @@global.gtid_binlog_state AS binlog_state, @@global.gtid_slave_pos AS replica_pos'
