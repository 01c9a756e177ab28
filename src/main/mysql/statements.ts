import type { Capabilities } from './capabilities'
import type { Row } from './session'
import { statementsMariadb } from './statements-mariadb'
import { statementsMysql } from './statements-mysql'

/** Where a replica finds its source. `password` may be a secret placeholder: it is filled in on the way to the server. */
export interface LinkTarget {
  sourceHost: string
  sourcePort: number
  user: string
  password: string
  /** '' is the default channel (MariaDB: connection). */
  channel: string
}

/** `held`: go on from the transactions the replica already holds. `gtid`: from this position (MariaDB sets gtid_slave_pos). */
export type StartPosition =
  | { kind: 'held' }
  | { kind: 'gtid'; position: string }
  | { kind: 'file'; file: string; position: number }

/** A wait that is one statement, and how its answer reads. */
export interface Wait {
  statement: string
  /** `false`: the time passed, or nothing applies. */
  reached(row: Row | undefined): boolean
}

/**
 * The token transaction of one throw. `position` is what the armed server waits for.
 * MySQL: a fresh `uuid:1`. MariaDB: `domain-server-sequence` with a sequence ahead of all others of its domain.
 */
export interface Token {
  position: string
}

export interface EventName {
  schema: string
  name: string
  /** `user@host`; kept as it is, because ALTER EVENT would make the altering account the definer. */
  definer: string
}

/** Everything Siteswap says to a server whose words differ by flavour or version. Pure: texts only; lists run in order. */
export interface Statements {
  readonly flavour: 'mysql' | 'mariadb'
  /** One row: version, comment, uuid, server_id, hostname, port, datadir. */
  identity(): string
  /** Status rows of all links (`linkStatusOf` reads them). */
  showLinks(): string
  /** Status of one link. */
  showLink(channel: string): string
  /** Registered replicas. */
  showReplicas(): string
  /** Members of its replication group that are not offline; null: this server knows no such groups. */
  readonly groupMembers: string | null
  /** File, Position, Binlog_Do_DB, Binlog_Ignore_DB. */
  binlogStatus(): string
  /** One row: executed, purged, binlog_state, replica_pos: texts of GTIDs, '' where the flavour has none. */
  position(): string
  configureLink(target: LinkTarget, start: StartPosition): string[]
  startLink(channel: string): string[]
  stopLink(channel: string): string[]
  /** Forgets the link with its relay logs. */
  resetLink(channel: string): string[]
  /** Tells a freshly seeded server which transactions it holds; its own binary log begins anew. Only for a server nobody replicates from. */
  adoptPosition(position: string): string[]
  /** In order; off needs two statements where super_read_only exists. */
  setReadOnly(on: boolean): string[]
  /** The role after a restart, where the server can keep it; otherwise [] and the line for my.cnf is `configLine`. */
  persistReadOnly(on: boolean): string[]
  /** Columns read_only, super_read_only (NULL: has none). */
  showReadOnly(): string
  /** The one statement of the throw that refuses writes from now on. */
  seal(): string
  unseal(): string[]
  /** Lease of a hold: the server ends the session, and with it the lock, after so many seconds of silence. */
  lease(seconds: number): string[]
  /** One row: claimed = 1 when this session has the claim now; released with the session. */
  claim(): string
  /** One row: holder, the connection id of whoever has the claim, or NULL. */
  claimHolder(): string
  /** Asks for the hold, waiting at most so many seconds for statements that run; the lock waits of the session are the lease's again afterwards. */
  hold(waitSeconds: number, leaseSeconds: number): string[]
  letGo(): string
  waitFor(position: string, seconds: number): Wait
  /** One packet: wait for the token; open for writes only if it came; the last statement answers `waited`, read_only, super_read_only, and now_us as `clock`. */
  arm(token: Token, seconds: number): string[]
  /** Reads the last row list of `arm`. */
  armOpened(row: Row | undefined): boolean
  /** One packet, in the hold's session: seal, write the token, let go, in the order the flavour needs. */
  throwToken(token: Token): string[]
  autoIncrement(increment: number, offset: number): string[]
  persistAutoIncrement(increment: number, offset: number): string[]
  sessionBinlogOff(): string
  sessionBinlogOn(): string
  setGlobal(name: string, value: string): string
  /** Replica notices a silent line after so many seconds. */
  liveness(seconds: number): string[]
  /** Creates or renews an account; `password` may be a placeholder. */
  createAccount(user: string, host: string, password: string): string[]
  dropAccount(user: string, host: string): string
  grantReplication(user: string, host: string): string[]
  grantCanary(user: string, host: string): string[]
  showGrants(user: string, host: string): string
  showCreateUser(user: string, host: string): string
  /** Before `showCreateUser`: hashes as hexadecimal, because caching_sha2's salt holds control bytes. */
  portableHashes(): string[]
  disableEvent(event: EventName): string
  enableEvent(event: EventName): string
  /** The status word of an event that is disabled on a replica. */
  readonly disabledOnReplica: string[]
  /** Schema `siteswap` with heartbeat, token and canary tables: created once, on the active server. */
  ownSchema(): string[]
  /** Writes the row of the server it runs on, unless it is read-only; UTC microseconds since 1970. */
  heartbeat(): string
  /** Columns server_id, at_us, now_us (the clock of the server that answers). */
  readHeartbeat(): string
  /** One row: now_us. */
  clock(): string
  /** Lines for my.cnf that make the role survive a restart. */
  configLine(readOnly: boolean): string
  kill(connectionId: number | string): string
  /** A table with the columns ID, USER, HOST, DB, COMMAND, TIME, STATE, INFO of every connection. */
  readonly processTable: string
  /** Sessions of others inside a transaction that may have written: id, user, host, seconds. */
  openTransactions(): string
}

const made = new WeakMap<Capabilities, Statements>()

/** The words of this server, made once: a comparison of many tables asks for them at each. */
export const statementsFor = (capabilities: Capabilities): Statements => {
  const known = made.get(capabilities)
  if (known) return known
  const statements = capabilities.flavour === 'mariadb' ? statementsMariadb() : statementsMysql(capabilities)
  made.set(capabilities, statements)
  return statements
}
