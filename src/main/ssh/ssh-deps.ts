import type { HostKeyQuestion } from '../../shared/doctor'
import type { SecretRef } from '../../shared/secret'
import type { KnownHostsFiles } from './known-hosts-file'

/** What happened on the way in, for the connection doctor; told by the code that really connects. */
export interface SshStage {
  hop: number
  layer: 'name' | 'tcp' | 'host-key' | 'ssh-auth'
  state: 'running' | 'ok' | 'failed' | 'skipped'
  seen: string
}

/** What signing in needs from outside: secrets, the person, files. */
export interface SshDeps {
  /** A secret's value, or null when there is none. Asked only after the host key was verified. */
  secret(ref: SecretRef): Promise<string | null>
  /** First-use dialog; null: nobody can be asked, unknown keys are refused. */
  askHostKey: ((question: HostKeyQuestion) => Promise<boolean>) | null
  knownHosts: KnownHostsFiles
  /** Socket of the SSH agent; undefined: none. */
  agentSocket: string | undefined
  watch?: (stage: SshStage) => void
  /** For name, connection, key exchange and sign-in of one hop, each. */
  deadlineMs?: number
  signal?: AbortSignal
}
