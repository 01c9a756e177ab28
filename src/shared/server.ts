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
}
