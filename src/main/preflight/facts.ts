import { type Failure, FailureError } from '../../shared/failure'
import type { Evidence } from '../../shared/finding'
import type { Move, SiteSide } from '../../shared/move'
import type { LinkStatus } from '../../shared/server'
import type { DomainState } from '../../shared/topology'
import type { Capabilities } from '../mysql/capabilities'
import type { Collations } from '../mysql/collations'

/** Something that was asked: its value with what was asked and answered, or why it is not known. */
export type Fact<T> =
  | { known: true; value: T; evidence: Evidence }
  | { known: false; failure: Failure; evidence: Evidence }

export interface Process {
  id: number
  user: string
  /** Address without the port. */
  host: string
  db: string
  command: string
  seconds: number
  state: string
  info: string
}

export interface OpenTransaction {
  connection: number
  seconds: number
  rowsModified: number
}

export interface Account {
  user: string
  host: string
  plugin: string
  isRole: boolean
}

export interface Privilege {
  user: string
  host: string
  /** With blanks, whatever the server puts between the words: `READ ONLY ADMIN`. */
  right: string
}

export interface StoredEvent {
  schema: string
  name: string
  definer: string
  status: string
}

export interface TableFact {
  schema: string
  table: string
  engine: string
  rows: number
}

export interface Definer {
  kind: string
  schema: string
  name: string
  definer: string
}

export interface HeldLock {
  connection: number
  what: string
}

export interface ClockReading {
  /** Server minus this computer, in ms; wrong by half the round trip. */
  offsetMs: number
  roundTripMs: number
}

/** Everything the checks know of one of the two servers. */
export interface ServerFacts {
  server: string
  name: string
  side: SiteSide
  /** The account Siteswap signs in with. */
  ownUser: string
  capabilities: Fact<Capabilities>
  variables: Fact<Record<string, string>>
  status: Fact<Record<string, string>>
  links: Fact<LinkStatus[]>
  position: Fact<{ executed: string; purged: string; binlogState: string; replicaPos: string }>
  binlogFilters: Fact<{ doDb: string; ignoreDb: string }>
  processes: Fact<Process[]>
  transactions: Fact<OpenTransaction[]>
  preparedXa: Fact<number>
  /** Lines of SHOW GRANTS, those of active roles among them. */
  ownGrants: Fact<string[]>
  /** Names of SHOW PRIVILEGES: the rights that this server knows. */
  rightsKnown: Fact<string[]>
  ownSession: Fact<{ connection: number; autocommit: boolean; account: string; activeRoles: string | null }>
  privileges: Fact<Privilege[]>
  /** Role → account that has it. */
  roles: Fact<{ role: string; user: string; host: string }[]>
  accounts: Fact<Account[]>
  events: Fact<StoredEvent[]>
  tables: Fact<TableFact[]>
  /** Names `schema.table` with a primary key or a unique key without NULL. */
  keyed: Fact<Set<string>>
  definers: Fact<Definer[]>
  heldLocks: Fact<HeldLock[]>
  claimHolder: Fact<number | null>
  groupMembers: Fact<number>
  timeZoneTables: Fact<boolean>
  collations: Fact<Collations>
  clock: Fact<ClockReading>
  /** Age of the partner's heartbeat row here, in seconds by both servers' clocks; null = there is none. */
  heartbeatAgeSeconds: Fact<number | null>
  /** How old this server's own heartbeat row is, read here: old means that nobody writes heartbeats. */
  ownBeatAgeSeconds?: Fact<number | null>
}

export interface PreflightFacts {
  at: number
  move: Move
  old: ServerFacts
  new: ServerFacts
  domains: Fact<DomainState[]>
}

/** Thrown by `value`: the check's verdict becomes `unknown`, never ok. */
export class FactUnknown extends FailureError {
  readonly evidence: Evidence
  constructor(failure: Failure, evidence: Evidence) {
    super(failure)
    this.evidence = evidence
  }
}

/** The value of a fact, or the check ends as `unknown` with the failure as evidence. */
export const value = <T>(fact: Fact<T>): T => {
  if (fact.known) return fact.value
  throw new FactUnknown(fact.failure, fact.evidence)
}
