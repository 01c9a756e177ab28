import type { Move, ServerEntry } from '../../shared/move'
import type { SecretRef } from '../../shared/secret'
import type { Capabilities } from '../mysql/capabilities'
import type { Session } from '../mysql/session'
import type { SshHost } from '../ssh/ssh-host'

export interface OpenSessionOptions {
  /** Allow several statements in one packet (arm, hold, throw). */
  packets?: boolean
  deadlineMs?: number
  signal?: AbortSignal
}

/** How the features of one opened move get to its servers. One SSH connection per host is shared and reopened when lost; sessions are named and kept. */
export interface Reach {
  readonly move: Move
  entry(serverId: string): ServerEntry
  ssh(serverId: string): Promise<SshHost>
  /** The named session of a database server; opened at first use, reopened when it was lost. */
  session(serverId: string, name: string, options?: OpenSessionOptions): Promise<Session>
  /** A fresh session that the caller closes. */
  openSession(serverId: string, name: string, options?: OpenSessionOptions): Promise<Session>
  /** A session that travels through an application host (`forward` from there) to a database address, as a given account. */
  sessionThrough(
    hostServerId: string,
    address: { host: string; port: number },
    account: { user: string; secret: SecretRef },
    name: string
  ): Promise<Session>
  capabilities(serverId: string): Promise<Capabilities>
  /** Value of a secret; rejects with kind 'secret-missing'. Only for filling placeholders on the way to a server. */
  secret(ref: SecretRef): Promise<string>
  openSessions(): number
  /** How closely the lines are watched, and how soon a lost one is tried again: `run` while something is being done. */
  pace(name: 'calm' | 'run'): void
  /** Something was put right: the next use of this host tries at once. */
  retry(serverId: string): void
  /** The computer slept: every line is asked for a sign of life at once, and lost ones may be tried without waiting. */
  woke(): void
  close(): Promise<void>
}
