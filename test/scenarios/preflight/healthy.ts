import type { Capabilities } from '../../../src/main/mysql/capabilities'
import type { Collations } from '../../../src/main/mysql/collations'
import type { Account, Fact, PreflightFacts, Process, ServerFacts } from '../../../src/main/preflight/facts'
import { type Move, moveSchema } from '../../../src/shared/move'
import type { Flavour, LinkStatus } from '../../../src/shared/server'
import { linkStatus } from '../link-status'

export const uuids = {
  old: 'aaaaaaaa-0000-0000-0000-000000000001',
  new: 'bbbbbbbb-0000-0000-0000-000000000002'
}

export const known = <T>(value: T): Fact<T> => ({
  known: true,
  value,
  evidence: { server: 'x', statement: 'asked', answer: [], columns: [], at: 1 }
})

export const failed = (what = 'SELECT command denied'): Fact<never> => ({
  known: false,
  failure: { kind: 'denied', what, try: ['Grant it.'] },
  evidence: { server: 'x', statement: 'asked', answer: [], columns: [], at: 1 }
})

export const link = (from: 'old' | 'new', flavour: Flavour, more: Partial<LinkStatus> = {}): LinkStatus =>
  linkStatus({
    sourcePort: from === 'old' ? 13306 : 13307,
    sourceServerId: from === 'old' ? 1 : 2,
    sourceUuid: flavour === 'mysql' ? uuids[from] : null,
    ...more
  })

export const process = (more: Partial<Process>): Process => ({
  id: 100,
  user: 'shop',
  host: '10.0.0.5',
  db: 'shop',
  command: 'Sleep',
  seconds: 0,
  state: '',
  info: '',
  ...more
})

export const account = (user: string, host: string, isRole = false): Account => ({ user, host, plugin: '', isRole })

export const capabilities = (side: 'old' | 'new', flavour: Flavour): Capabilities => {
  const mysql = flavour === 'mysql'
  return {
    flavour,
    identity: {
      flavour,
      version: mysql ? '9.7.4' : '10.11.19-MariaDB',
      versionNumbers: mysql ? [9, 7, 4] : [10, 11, 19],
      comment: '',
      uuid: mysql ? uuids[side] : null,
      serverId: side === 'old' ? 1 : 2,
      hostname: side,
      port: 3306,
      datadir: '/var/lib/mysql/',
      key: side
    },
    limits: [],
    superReadOnly: mysql,
    channels: true,
    replicaWords: mysql,
    binaryLogStatusWords: mysql,
    gtid: flavour,
    persist: mysql,
    gtidWait: mysql ? 'executed-set' : 'master-gtid-wait',
    roles: true,
    cachingSha2: mysql,
    performanceSchema: mysql,
    groupReplication: false
  }
}

const variables = (side: 'old' | 'new', flavour: Flavour): Record<string, string> => ({
  basedir: '/usr/',
  wsrep_on: 'OFF',
  read_only: side === 'new' ? 'ON' : 'OFF',
  ...(flavour === 'mysql'
    ? { super_read_only: side === 'new' ? 'ON' : 'OFF', gtid_mode: 'ON', enforce_gtid_consistency: 'ON' }
    : { gtid_domain_id: side === 'new' ? '2' : '1', gtid_strict_mode: 'OFF' }),
  log_bin: 'ON',
  [flavour === 'mysql' ? 'log_replica_updates' : 'log_slave_updates']: 'ON',
  [flavour === 'mysql' ? 'replica_net_timeout' : 'slave_net_timeout']: '10',
  slave_skip_errors: 'OFF',
  slave_exec_mode: 'STRICT',
  binlog_format: 'ROW',
  binlog_row_image: 'FULL',
  binlog_expire_logs_seconds: '864000',
  sync_binlog: '1',
  innodb_flush_log_at_trx_commit: '1',
  auto_increment_increment: '2',
  auto_increment_offset: side === 'old' ? '1' : '2',
  event_scheduler: 'ON',
  lower_case_table_names: '0',
  sql_mode: 'STRICT_TRANS_TABLES',
  time_zone: 'SYSTEM',
  system_time_zone: 'UTC',
  explicit_defaults_for_timestamp: 'ON',
  character_set_server: 'utf8mb4',
  collation_server: 'utf8mb4_general_ci',
  max_connections: '200',
  max_allowed_packet: '16777216',
  wait_timeout: '28800',
  group_concat_max_len: '1024',
  table_open_cache: '2000',
  transaction_isolation: 'REPEATABLE-READ',
  autocommit: 'ON',
  innodb_lock_wait_timeout: '50',
  innodb_rollback_on_timeout: 'OFF',
  innodb_autoinc_lock_mode: '1'
})

const rightsOfAll =
  'Alter,Alter routine,Create,Create routine,Create temporary tables,Create view,Create user,Delete,Drop,Event,Execute,File,Grant option,Index,Insert,Lock tables,Process,References,Reload,Replication slave,Select,Show databases,Show view,Super,Trigger,Update,Usage'.split(
    ','
  )
/** Of a server that knows one collation more than it uses. */
export const collations = (more: Partial<Collations> = {}): Collations => ({
  session: 'utf8mb4_general_ci',
  server: 'utf8mb4_general_ci',
  used: ['utf8mb4_general_ci', 'utf8mb3_general_ci'],
  known: new Set(['utf8mb4_general_ci', 'utf8_general_ci', 'latin1_swedish_ci']),
  ...more
})

/** As MySQL 9.7 and MariaDB 10.11 list them; only what the rules ask about. */
export const mysqlRights = [
  ...rightsOfAll,
  ...[
    'Replication client',
    'Create role',
    'BACKUP_ADMIN',
    'BINLOG_ADMIN',
    'CONNECTION_ADMIN',
    'REPLICATION_SLAVE_ADMIN'
  ],
  ...['ROLE_ADMIN', 'SET_ANY_DEFINER', 'SHOW_ROUTINE', 'SYSTEM_USER', 'SYSTEM_VARIABLES_ADMIN', 'XA_RECOVER_ADMIN']
]
export const mariadbRights = [
  ...rightsOfAll,
  ...['Binlog admin', 'Binlog monitor', 'Connection admin', 'Delete history', 'Read_only admin', 'Set user'],
  ...['Replication master admin', 'Replication slave admin', 'Slave monitor', 'Show Create Routine']
]

const serverFacts = (side: 'old' | 'new', flavour: Flavour): ServerFacts => {
  const mysql = flavour === 'mysql'
  const other = side === 'old' ? 'new' : 'old'
  const executed = mysql ? `${uuids.old}:1-100` : '1-1-100'
  return {
    server: `${side}-db`,
    name: `${side}-db`,
    side,
    ownUser: 'admin',
    capabilities: known(capabilities(side, flavour)),
    variables: known(variables(side, flavour)),
    status: known({ Threads_connected: '20', Max_used_connections: '40', Uptime: '100000' }),
    links: known([link(other, flavour)]),
    position: known({ executed, purged: '', binlogState: executed, replicaPos: mysql ? '' : '1-1-100' }),
    binlogFilters: known({ doDb: '', ignoreDb: '' }),
    processes: known(side === 'old' ? [process({})] : []),
    transactions: known([]),
    preparedXa: known(0),
    ownGrants: known(['GRANT ALL PRIVILEGES ON *.* TO `admin`@`%` WITH GRANT OPTION']),
    rightsKnown: known(mysql ? mysqlRights : mariadbRights),
    ownSession: known({ connection: 7, autocommit: true, account: 'admin@%', activeRoles: null }),
    privileges: known([]),
    roles: known([]),
    accounts: known([account('shop', '%'), account('admin', '%')]),
    events: known([
      { schema: 'shop', name: 'clean', definer: 'shop@%', status: side === 'old' ? 'ENABLED' : 'SLAVESIDE_DISABLED' }
    ]),
    tables: known([{ schema: 'shop', table: 'orders', engine: 'InnoDB', rows: 1000 }]),
    keyed: known(new Set(['shop.orders'])),
    definers: known([{ kind: 'event', schema: 'shop', name: 'clean', definer: 'shop@%' }]),
    heldLocks: known([]),
    claimHolder: known(null),
    groupMembers: known(0),
    timeZoneTables: known(true),
    collations: known(collations()),
    clock: known({ offsetMs: 5, roundTripMs: 2 }),
    heartbeatAgeSeconds: known(side === 'new' ? 0.4 : null)
  }
}

const entry = (id: string) => ({
  id,
  name: id,
  kind: 'database' as const,
  database: { host: '127.0.0.1', user: 'admin' }
})

export const move: Move = moveSchema.parse({
  format: 'siteswap.move',
  version: 2,
  id: 'shop',
  name: 'shop',
  createdAt: 0,
  old: { name: 'Frankfurt', servers: [entry('old-db')] },
  new: {
    name: 'Lisbon',
    servers: [entry('new-db'), { id: 'new-web', name: 'new-web', kind: 'web', addresses: ['10.1.0.5'] }]
  },
  pairs: [{ old: 'old-db', new: 'new-db' }],
  bridge: { user: 'root', sshHost: '10.0.0.1' },
  domains: [{ name: 'shop.test', oldValues: ['10.0.0.5'], newValues: ['10.1.0.5'], ttlSeconds: 60 }]
})

/** A linked pair on which every check is content; scenarios change one thing. */
export const healthy = (flavour: Flavour): PreflightFacts => ({
  at: 1_800_000_000_000,
  move,
  old: serverFacts('old', flavour),
  new: serverFacts('new', flavour),
  domains: known([
    {
      name: 'shop.test',
      answers: [{ resolver: 'ns1', authoritative: true, values: ['10.0.0.5'], ttlSeconds: 60, at: 1 }]
    }
  ])
})

/** The same pair before the station Replicate was there. */
export const unlinked = (flavour: Flavour): PreflightFacts => {
  const facts = healthy(flavour)
  facts.old.links = known([])
  facts.new.links = known([])
  set(facts.new, {
    read_only: 'OFF',
    super_read_only: 'OFF',
    auto_increment_increment: '1',
    auto_increment_offset: '1'
  })
  set(facts.old, { auto_increment_increment: '1' })
  facts.new.events = known([])
  facts.new.accounts = known([account('admin', '%')])
  facts.new.position = known({ executed: '', purged: '', binlogState: '', replicaPos: '' })
  facts.new.heartbeatAgeSeconds = known(null)
  return facts
}

/** Changes variables of a server; one that it does not have stays away. */
export const set = (server: ServerFacts, values: Record<string, string>): void => {
  if (!server.variables.known) return
  for (const [name, value] of Object.entries(values))
    if (Object.hasOwn(server.variables.value, name)) server.variables.value[name] = value
}
