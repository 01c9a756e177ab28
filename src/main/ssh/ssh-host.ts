import type { Duplex } from 'node:stream'
import type { PaceName } from './pulse'

export interface ExecOptions {
  /** Written to standard input, then closed. */
  input?: string
  deadlineMs: number
  signal?: AbortSignal
  /** Output as it comes; the returned texts are capped at 1 MiB each. */
  onStdout?: (text: string) => void
  onStderr?: (text: string) => void
}

export interface ExecResult {
  code: number | null
  signal: string | null
  stdout: string
  stderr: string
  /** Set when a returned text was cut at its cap; the listeners saw all of it. */
  truncated?: true
}

/** A signed-in SSH connection to one host, over any number of hops. No listening port is ever opened here. */
export interface SshHost {
  /** Name for messages: `root@10.0.0.1:22 through gw`. */
  readonly label: string
  readonly hostKeyFingerprint: string
  /** Runs one command in the account's shell. Rejects with FailureError on transport trouble or deadline; a non-zero exit code is a result. */
  exec(command: string, options: ExecOptions): Promise<ExecResult>
  /** A direct-tcpip channel to an address as seen from the host. */
  forward(host: string, port: number, deadlineMs: number): Promise<Duplex>
  /** A channel to a unix socket on the host. */
  forwardSocket(path: string, deadlineMs: number): Promise<Duplex>
  /** Calls back once when the transport is gone. */
  onClose(listener: (why: string) => void): void
  /** How closely the line is watched: `run` while something must not wait for a dead one. */
  pace(name: PaceName): void
  /** Asks for a sign of life now; without one within the deadline the connection is given up. */
  check(deadlineMs: number): void
  readonly open: boolean
  close(): void
}
