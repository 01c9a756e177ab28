import type { Capabilities } from '../../../src/main/mysql/capabilities'
import type { Row } from '../../../src/main/mysql/session'
import {
  statusOf12,
  statusOf56,
  statusOf57,
  statusOf80Old,
  statusOf105,
  statusOf118,
  statusOf1011,
  statusOfToday,
  statusOfTomorrow
} from './status-rows'

/** A server of one family as it answers: what it says of itself, which variables it has, what it can read. */
export interface Family {
  name: string
  version: string
  comment: string
  variables: Record<string, string>
  /** It reads SHOW BINARY LOG STATUS. */
  binaryLogStatus?: boolean
  status: Row
  can: Partial<Capabilities>
  /** What it is told, in order: status of links, of the log, registered replicas, one channel stopped, the wait. */
  says: { links: string; log: string; replicas: string; stop: string; wait: RegExp; account: RegExp }
}

const mysql = { server_uuid: '3e11fa47-71ca-11e1-9e33-c80aa9429562', gtid_mode: 'ON', performance_schema: 'ON' }
// Each variable with the release that brought it, from the “Server Option, System Variable, and Status Variable” pages.
const since576 = { ...mysql, super_read_only: 'OFF', session_track_gtids: 'OFF' }
const since80 = {
  ...since576,
  persisted_globals_load: 'ON',
  activate_all_roles_on_login: 'OFF',
  caching_sha2_password_auto_generate_rsa_keys: 'ON'
}
const since8026 = { ...since80, log_replica_updates: 'ON' }

const old56 = {
  links: 'SHOW SLAVE STATUS',
  log: 'SHOW MASTER STATUS',
  replicas: 'SHOW SLAVE HOSTS',
  stop: 'STOP SLAVE',
  wait: /WAIT_UNTIL_SQL_THREAD_AFTER_GTIDS/,
  account: /^GRANT USAGE ON \*\.\* TO 'u'@'%' IDENTIFIED BY/
}
const old57 = {
  ...old56,
  stop: "STOP SLAVE FOR CHANNEL 'eu'",
  wait: /WAIT_FOR_EXECUTED_GTID_SET/,
  account: /^CREATE USER IF NOT EXISTS 'u'@'%' IDENTIFIED BY/
}
const old80 = { ...old57, account: /^CREATE USER IF NOT EXISTS 'u'@'%' IDENTIFIED WITH caching_sha2_password BY/ }
const today80 = {
  ...old80,
  links: 'SHOW REPLICA STATUS',
  replicas: 'SHOW REPLICAS',
  stop: "STOP REPLICA FOR CHANNEL 'eu'"
}
const today84 = { ...today80, log: 'SHOW BINARY LOG STATUS' }
const mariadb = {
  links: 'SHOW ALL SLAVES STATUS',
  log: 'SHOW MASTER STATUS',
  replicas: 'SHOW SLAVE HOSTS',
  stop: "STOP SLAVE 'eu'",
  wait: /MASTER_GTID_WAIT/,
  account: /^CREATE USER IF NOT EXISTS 'u'@'%' IDENTIFIED BY/
}
const canMariadb: Partial<Capabilities> = {
  flavour: 'mariadb',
  channels: true,
  superReadOnly: false,
  replicaWords: false,
  binaryLogStatusWords: false,
  gtid: 'mariadb',
  persist: false
}

export const families: readonly Family[] = [
  {
    name: 'MySQL 5.6',
    version: '5.6.51-log',
    comment: 'MySQL Community Server (GPL)',
    variables: mysql,
    status: statusOf56,
    can: { superReadOnly: false, channels: false, replicaWords: false, persist: false, roles: false, gtid: 'mysql' },
    says: old56
  },
  {
    name: 'Percona Server 5.6, which had super_read_only before there were channels',
    version: '5.6.49-89.0-log',
    comment: 'Percona Server (GPL), Release 89.0, Revision 78fc93e',
    variables: { ...mysql, super_read_only: 'OFF' },
    status: statusOf56,
    can: { superReadOnly: true, channels: false, replicaWords: false, gtidWait: 'sql-thread' },
    says: old56
  },
  {
    name: 'MySQL 5.7',
    version: '5.7.44-log',
    comment: 'MySQL Community Server (GPL)',
    variables: since576,
    status: statusOf57,
    can: { superReadOnly: true, channels: true, replicaWords: false, persist: false, roles: false, cachingSha2: false },
    says: old57
  },
  {
    name: 'MySQL 8.0.25, whose variables still have their old names',
    version: '8.0.25',
    comment: 'MySQL Community Server - GPL',
    variables: since80,
    status: statusOf80Old,
    can: { channels: true, replicaWords: false, persist: true, roles: true, cachingSha2: true },
    says: old80
  },
  {
    name: 'MySQL 8.0',
    version: '8.0.44',
    comment: 'MySQL Community Server - GPL',
    variables: since8026,
    status: statusOfToday,
    can: { replicaWords: true, binaryLogStatusWords: false, persist: true },
    says: today80
  },
  {
    name: 'Percona Server 8.0',
    version: '8.0.36-28',
    comment: 'Percona Server (GPL), Release 28, Revision 47601f19',
    variables: since8026,
    status: statusOfToday,
    can: { flavour: 'mysql', replicaWords: true, binaryLogStatusWords: false, limits: [] },
    says: today80
  },
  {
    name: 'MySQL 8.4',
    version: '8.4.6',
    comment: 'MySQL Community Server - GPL',
    variables: since8026,
    binaryLogStatus: true,
    status: statusOfToday,
    can: { replicaWords: true, binaryLogStatusWords: true },
    says: today84
  },
  {
    name: 'MySQL 9.7',
    version: '9.7.0',
    comment: 'MySQL Community Server - GPL',
    variables: since8026,
    binaryLogStatus: true,
    status: statusOfToday,
    can: { replicaWords: true, binaryLogStatusWords: true, gtidWait: 'executed-set' },
    says: today84
  },
  {
    name: 'MySQL 26.10',
    version: '26.10.0',
    comment: 'MySQL Community Server - GPL',
    variables: since8026,
    binaryLogStatus: true,
    status: statusOfTomorrow,
    can: { flavour: 'mysql', replicaWords: true, binaryLogStatusWords: true },
    says: today84
  },
  ...(
    [
      ['MariaDB 10.5', '10.5.29-MariaDB-0+deb11u1-log', statusOf105],
      ['MariaDB 10.11', '10.11.14-MariaDB-0+deb12u2-log', statusOf1011],
      ['MariaDB 11.8', '11.8.3-MariaDB-0+deb13u1-log', statusOf118],
      ['MariaDB 12.3', '12.3.1-MariaDB-ubu2404', statusOf12]
    ] as const
  ).map(([name, version, status]) => ({
    name,
    version,
    comment: 'mariadb.org binary distribution',
    variables: { performance_schema: 'OFF', wsrep_on: 'OFF', basedir: '/usr' },
    status,
    can: canMariadb,
    says: mariadb
  }))
]
