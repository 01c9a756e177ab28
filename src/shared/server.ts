/** What one database server says of itself. Every survey carries the time it was answered (epoch ms, laptop clock). */
export type Flavour = 'mysql' | 'mariadb'

/** Never the address: two names can lead to one server and one port to two servers over time. */
export interface ServerIdentity {
  flavour: Flavour
  /** `10.11.14-MariaDB-log` as answered. */
  version: string
  /** `[10, 11, 14]`; MariaDB's `5.5.5-` prefix removed. */
  versionNumbers: [number, number, number]
  comment: string
  /** MySQL only. */
  uuid: string | null
  serverId: number
  hostname: string
  port: number
  datadir: string
  /** One text equal if and only if it is the same server: uuid, or server_id+hostname+port+datadir. */
  key: string
}

export type ReplicaThread = 'running' | 'connecting' | 'stopped'

/** One source → replica link as the replica tells it, in Siteswap's words. */
export interface LinkStatus {
  /** Channel or MariaDB connection name; '' is the default one. */
  channel: string
  sourceHost: string
  sourcePort: number
  sourceServerId: number
  sourceUuid: string | null
  receiver: ReplicaThread
  applier: ReplicaThread
  receiverError: { code: number; text: string } | null
  applierError: { code: number; text: string } | null
  /** What the server says; it lies when the line is silent. Never used as lag. */
  secondsBehind: number | null
  usesGtid: boolean
  configuredDelaySeconds: number
  /** How long the applier waits on purpose before the event at hand; null: it does not wait. */
  remainingDelaySeconds?: number | null
  filters: string[]
  /** Positions as text: GTID set or file:position. */
  received: string
  applied: string
  /** Raw status row, for the inspector. */
  raw: Record<string, string | null>
}

/** Statements about one link in the words of its replica, for a person to read and copy. */
export interface LinkWords {
  /** What was asked for the status of all links. */
  asked: string
  status: string
  start: string[]
  stop: string[]
}

/** A link as a survey tells it. */
export interface SurveyedLink extends LinkStatus {
  words: LinkWords
}

/** A server that told this one, when it connected, that it replicates from it. */
export interface RegisteredReplica {
  serverId: number
  /** Its report_host; '' when it did not say. */
  host: string
  port: number
  sourceServerId: number
  /** MySQL only. */
  uuid: string | null
}

/** How a server writes, sends and applies its changes; null: it has no such setting, or does not show it. */
export interface ReplicationSettings {
  binlog: {
    format: string | null
    rowImage: string | null
    /** What is applied from a source is logged too, so that others can follow this server. */
    logsReplicated: boolean
    /** Only these schemas are logged. */
    onlyDbs: string[]
    withoutDbs: string[]
    keepSeconds: number | null
  }
  applier: { workers: number | null; mode: string | null; keepsOrder: boolean | null }
  /** Filters that stand in the server's own settings, beside those of its links: `name: value`. */
  filters: string[]
  semiSync: {
    /** `absent`: neither built in nor installed as a plugin or component. */
    kind: 'absent' | 'off' | 'on'
    asSource: boolean
    asReplica: boolean
    /** Commits wait for a replica at this moment; null: not told. */
    working: boolean | null
    replicas: number | null
    timeoutMs: number | null
    /** The beginning of the names that this server has for it: `rpl_semi_sync_source`. */
    named: string | null
  }
}

export type LimitKind =
  | 'rds'
  | 'aurora'
  | 'cloud-sql'
  | 'azure'
  | 'other-cloud'
  | 'galera'
  | 'group-replication'
  | 'ndb-cluster'
  | 'tidb'
  | 'look-alike'
  | 'proxy'

/** A provider, a cluster or another kind of database that keeps for itself what a cutover needs. */
export interface ServerLimit {
  kind: LimitKind
  /** `Amazon RDS`, `a node of a Galera cluster`. */
  name: string
  /** What was asked and what was answered. */
  seenBy: string
  /** What Siteswap can and cannot do there, in sentences. */
  can: string[]
  cannot: string[]
  instead: string
}

export interface ServerSurvey {
  server: string
  at: number
  tookMs: number
  identity: ServerIdentity
  readOnly: boolean
  /** null: the server has no super_read_only. */
  superReadOnly: boolean | null
  logBin: boolean
  /** Executed GTIDs: MySQL gtid_executed, MariaDB gtid_binlog_pos / gtid_current_pos. */
  gtid: { executed: string; purged: string; binlogState: string; replicaPos: string }
  binlog: { file: string; position: number } | null
  links: SurveyedLink[]
  /** Registered replicas seen by their dump threads. */
  dumpThreads: { user: string; host: string }[]
  connections: { total: number; limit: number; byAccount: { user: string; host: string; count: number }[] }
  uptimeSeconds: number
  writesTotal: number
  dataBytes: number | null
  variables: Record<string, string>
  /** From here on: not in snapshots of earlier versions. */
  registered?: RegisteredReplica[]
  replication?: ReplicationSettings
  /** Empty: a server of one's own. */
  limits?: ServerLimit[]
  /** Parts that the server refused to tell. */
  untold?: { asked: string; why: string }[]
  /** The statement behind `registered`. */
  registeredAsked?: string
  /** How many times something was sent and waited for. */
  roundTrips?: number
}
