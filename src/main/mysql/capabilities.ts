import type { Flavour, ServerIdentity } from '../../shared/server'

/**
 * What one server can do, probed at connect; the only place where a version is ever looked at.
 * Statement builders (statements-mysql.ts, statements-mariadb.ts) take this and return texts.
 */
export interface Capabilities {
  flavour: Flavour
  identity: ServerIdentity
  superReadOnly: boolean
  /** SHOW REPLICA STATUS and CHANGE REPLICATION SOURCE TO; false: SHOW SLAVE STATUS / CHANGE MASTER TO. */
  replicaWords: boolean
  binaryLogStatusWords: boolean
  gtid: 'mysql' | 'mariadb' | 'off'
  persist: boolean
  /** WAIT_FOR_EXECUTED_GTID_SET, WAIT_UNTIL_SQL_THREAD_AFTER_GTIDS or MASTER_GTID_WAIT. */
  gtidWait: 'executed-set' | 'sql-thread' | 'master-gtid-wait'
  roles: boolean
  cachingSha2: boolean
  performanceSchema: boolean
}
