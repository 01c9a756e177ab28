import type { Failure } from './failure'

/** From this computer to the line behind the database's sign-in, in the order in which they can fail. */
export const doctorLayers = [
  'name',
  'tcp',
  'ssh',
  'host-key',
  'ssh-auth',
  'command',
  'forward',
  'handshake',
  'login',
  'grants',
  'clock',
  'round-trip',
  'throughput'
] as const
export type DoctorLayer = (typeof doctorLayers)[number]

export interface DoctorRow {
  layer: DoctorLayer
  /** Hop index for name … ssh-auth; null for the layers behind the last hop. */
  hop: number | null
  state: 'ok' | 'failed' | 'skipped' | 'running' | 'warn'
  /** What was seen: `resolves to 10.40.0.12`. */
  seen: string
  /** More lines: all addresses, each attempt to sign in with its answer, what was sent. */
  detail: string[]
  startMs: number
  ms: number | null
  failure: Failure | null
}

/** A server's clock against this computer's: `offsetMs` ahead (negative: behind), give or take `uncertaintyMs`. */
export interface ClockOffset {
  /** This computer's time of the question (epoch ms). */
  at: number
  offsetMs: number
  /** Half the round trip of the quickest question: the answer may have been written anywhere within it. */
  uncertaintyMs: number
}

export interface RoundTrip {
  medianMs: number
  p95Ms: number
  samples: number
}

/** Read-only text that the server made and sent; nothing was written. */
export interface Throughput {
  bytes: number
  ms: number
  bytesPerSecond: number
}

/** Figures of the line to one database; null: not measured. */
export interface DoctorMeasures {
  clock: ClockOffset | null
  roundTrip: RoundTrip | null
  throughput: Throughput | null
}

export type DoctorState =
  | { kind: 'never' }
  | { kind: 'running'; since: number; hops: string[]; rows: DoctorRow[] }
  | {
      kind: 'done'
      at: number
      tookMs: number
      /** The hops as they were resolved, by index: `root@10.0.0.1:22`. */
      hops: string[]
      rows: DoctorRow[]
      ok: boolean
      summary: string
      measures: DoctorMeasures
      grantScript: string | null
      /** Options of the ssh config on this way that Siteswap does not follow, a sentence each. */
      notes?: string[]
      /** The way to the server, or a password for it, was changed after this run. */
      outdated?: true
    }

/** What was found on the way to a server as it is now; null: nothing yet, or it was changed since. */
export const verdictOf = (state: DoctorState | undefined): Extract<DoctorState, { kind: 'done' }> | null =>
  state?.kind === 'done' && !state.outdated ? state : null

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
  /** The name the key is kept under when it is not the host's own (HostKeyAlias). */
  knownAs?: string
  /** Key types this name is already known by; the key shown is of another type, which deserves a second look. */
  otherTypes?: string[]
}
