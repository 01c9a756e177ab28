import type { Failure } from './failure'

export const doctorLayers = ['name', 'tcp', 'host-key', 'ssh-auth', 'forward', 'handshake', 'login', 'grants'] as const
export type DoctorLayer = (typeof doctorLayers)[number]

export interface DoctorRow {
  layer: DoctorLayer
  /** Hop index for name … ssh-auth; null for the database layers. */
  hop: number | null
  state: 'ok' | 'failed' | 'skipped' | 'running' | 'warn'
  /** What was seen: `resolves to 10.40.0.12`. */
  seen: string
  startMs: number
  ms: number | null
  failure: Failure | null
}

export type DoctorState =
  | { kind: 'never' }
  | { kind: 'running'; since: number; rows: DoctorRow[] }
  | {
      kind: 'done'
      at: number
      tookMs: number
      rows: DoctorRow[]
      ok: boolean
      summary: string
      roundTripMs: number | null
      grantScript: string | null
    }

export interface HostKeyQuestion {
  id: string
  host: string
  port: number
  /** Names of the hops it was reached through. */
  through: string[]
  keyType: string
  /** `SHA256:…` without padding, as ssh-keygen prints it. */
  fingerprint: string
  lookedUpIn: string[]
  /** Key types this name is already known by; the key shown is of another type, which deserves a second look. */
  otherTypes?: string[]
}
