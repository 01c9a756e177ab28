import type { HostKeyQuestion } from '../../shared/doctor'
import type { Move } from '../../shared/move'
import type { SecretRef } from '../../shared/secret'
import type { AskQuestion } from '../ssh/answer-questions'
import type { KnownHostsFiles } from '../ssh/known-hosts-file'
import type { SshDeps } from '../ssh/ssh-deps'

/** Where secrets come from: keychain, session memory or environment, for one move. */
export interface Secrets {
  /** The value, or null when there is none. Rejects with a FailureError when the keychain cannot be read. */
  get(ref: SecretRef): Promise<string | null>
}

export interface ReachDeps {
  move: Move
  secrets: Secrets
  /** First-use dialog; null: unknown host keys are refused (headless). */
  askHostKey: ((question: HostKeyQuestion) => Promise<boolean>) | null
  /** Shows a person what an SSH server asks while signing in; null or left out: nobody can be asked. */
  askQuestion?: AskQuestion | null
  /** Default: the user's known_hosts and the machine's; accepted keys are written to the user's. */
  knownHosts?: KnownHostsFiles
  /** How often SSH lines are asked for a sign of life; default: see `ssh/pulse.ts`. */
  paces?: SshDeps['paces']
  /** Default: SSH_AUTH_SOCK. */
  agentSocket?: string
}
