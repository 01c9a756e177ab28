import type { Failure } from './failure'
import type { SiteSide } from './move'
import type { ServerSurvey, SurveyedLink } from './server'

/** One server of the picture: the last survey stays with its age when a newer one failed. */
export interface TopologyNode {
  server: string
  side: SiteSide
  survey: ServerSurvey | null
  failure: { failure: Failure; at: number } | null
  /** Transactions or writes per second over the last minute, oldest first; null = not known then. */
  writesPerSecond: (number | null)[]
}

export type LinkState = 'running' | 'lagging' | 'connecting' | 'stopped' | 'broken'

export interface TopologyLink {
  id: string
  source: string
  replica: string
  state: LinkState
  status: SurveyedLink
  /** Heartbeat lag; null = unknown. */
  lagSeconds: number | null
  lagHistory: (number | null)[]
  crossesSites: boolean
  at: number
}

export interface BridgeState {
  kind: 'absent' | 'up' | 'down' | 'unknown'
  since: number | null
  /** Between the two database hosts, through the tunnel. */
  roundTripMs: number | null
  supervisor: 'systemd' | 'process' | null
  detail: string
  at: number
  /** What its TCP connection has carried since it stands, as the kernel of the new host counts; `connection` tells it from the next. */
  carried?: { connection: string; toNewBytes: number; toOldBytes: number; at: number; asked: string } | null
  /** What it carries in each direction; null or missing = unknown. */
  throughput?: BridgeThroughput | null
}

/** Enciphered bytes through the bridge, Siteswap's own looks among them, over `overMs` before `at`. */
export interface BridgeThroughput {
  toNewPerSecond: number
  toOldPerSecond: number
  overMs: number
  at: number
}

/** A host of the shop: what was seen of it on the databases. */
export interface AppNode {
  server: string
  side: SiteSide
  kind: 'web' | 'other'
  reached: boolean
  failure: Failure | null
  /** Connections counted by database server id. */
  connections: Record<string, number>
  at: number | null
}

export interface DomainState {
  name: string
  answers: {
    resolver: string
    authoritative: boolean
    values: string[]
    ttlSeconds: number | null
    at: number
    failure?: Failure
  }[]
}

export interface Topology {
  at: number
  nodes: TopologyNode[]
  links: TopologyLink[]
  apps: AppNode[]
  bridge: BridgeState
  domains: DomainState[]
  /** The one server that takes writes; null = none or unknown; more than one is named in `writable`. */
  active: string | null
  writable: string[]
  /** Time between this computer and each database over its session. */
  roundTripMs: Record<string, number>
  /** Connections of the shop that reach a database through the bridge, whose hosts cannot be told apart there. */
  throughBridge?: Record<string, number>
}

export interface TopologySnapshot {
  id: string
  name: string
  at: number
  topology: Topology
}

/** A kept snapshot without what it holds. */
export interface SnapshotHead {
  id: string
  name: string
  at: number
  /** How it came to be. */
  by: 'hand' | 'before-run' | 'after-run' | 'schedule'
  /** Holds all variables, accounts, grants and objects too, not only the picture. */
  isWhole: boolean
}
