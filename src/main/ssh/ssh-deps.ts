import type { HostKeyQuestion } from '../../shared/doctor'
import type { SecretRef } from '../../shared/secret'
import type { AskQuestion } from './answer-questions'
import type { KnownHostsFiles } from './known-hosts-file'
import type { Pace, PaceName } from './pulse'

/** What happened on the way in, for the connection doctor; told by the code that really connects. */
export interface SshStage {
  hop: number
  /** `ssh`: what answers is an SSH server (its version), as far as the key exchange. */
  layer: 'name' | 'tcp' | 'ssh' | 'host-key' | 'ssh-auth'
  state: 'running' | 'ok' | 'failed' | 'skipped'
  seen: string
  /** More lines: all addresses, agreed algorithms, each attempt to sign in with its answer. They take the place of earlier ones. */
  detail?: string[]
}

/** What signing in needs from outside: secrets, the person, files. */
export interface SshDeps {
  /** A secret's value, or null when there is none. Asked only after the host key was verified. */
  secret(ref: SecretRef): Promise<string | null>
  /** First-use dialog; null: nobody can be asked, unknown keys are refused. */
  askHostKey: ((question: HostKeyQuestion) => Promise<boolean>) | null
  /** Shows a person what a server asks while signing in; null or left out: nobody can be asked. */
  askQuestion?: AskQuestion | null
  knownHosts: KnownHostsFiles
  /** Socket of the SSH agent; undefined: none. */
  agentSocket: string | undefined
  watch?: (stage: SshStage) => void
  /** For name, connection, key exchange and sign-in of one hop, each. */
  deadlineMs?: number
  signal?: AbortSignal
  /** How often a signed-in line is asked for a sign of life; default: 15 s × 3, 5 s × 3 during a run. */
  paces?: Record<PaceName, Pace>
}
