import type { Flavour, ServerIdentity, ServerLimit } from '../../shared/server'

/**
 * What one server can do, probed at connect; the only place where a version is ever looked at.
 * Statement builders (statements-mysql.ts, statements-mariadb.ts) take this and return texts.
 */
export interface Capabilities {
  flavour: Flavour
  identity: ServerIdentity
  /** What keeps it from being moved: a provider, a cluster. Empty for a server of one's own. */
  limits: ServerLimit[]
  superReadOnly: boolean
  /** Several links, each with a name (MySQL 5.7.6; MariaDB calls them connections). */
  channels: boolean
  /** SHOW REPLICA STATUS, CHANGE REPLICATION SOURCE TO and replica_… variables; false: SHOW SLAVE STATUS / CHANGE MASTER TO. */
  replicaWords: boolean
  /** SHOW BINARY LOG STATUS, RESET BINARY LOGS AND GTIDS and DISABLE ON REPLICA (8.2; the only ones from 8.4 on). */
  binaryLogStatusWords: boolean
  gtid: 'mysql' | 'mariadb' | 'off'
  persist: boolean
  /** WAIT_FOR_EXECUTED_GTID_SET, WAIT_UNTIL_SQL_THREAD_AFTER_GTIDS or MASTER_GTID_WAIT. */
  gtidWait: 'executed-set' | 'sql-thread' | 'master-gtid-wait'
  roles: boolean
  cachingSha2: boolean
  performanceSchema: boolean
  /** The plugin is there; whether the server is in a group is asked of its members. */
  groupReplication: boolean
}
