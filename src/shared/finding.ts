import type { SiteSide, Waiver } from './move'

export type Verdict = 'ok' | 'info' | 'warn' | 'stop' | 'unknown'

export const checkGroups = {
  identity: 'Identity, access, versions',
  bypass: 'Who can write past the seal',
  replication: 'Replication health and safety',
  binlog: 'Binary log and GTID',
  blockers: 'What blocks the hold',
  schema: 'Schema, objects, engines',
  variables: 'Variables',
  network: 'Network, DNS, bridge'
} as const
export type CheckGroup = keyof typeof checkGroups

/** What was asked, what was answered, when. */
export interface Evidence {
  server: string
  statement: string
  answer: string[][]
  columns: string[]
  at: number
}

/** Statements a person can copy; `safe` ones can be applied from the app after a preview. */
export interface Remedy {
  text: string
  server: string | null
  statements: string[]
  undo: string[]
  safe: boolean
}

export interface Finding {
  check: string
  /** A check that speaks of one server names it; null = of the pair. */
  server: string | null
  side: SiteSide | null
  verdict: Verdict
  title: string
  consequence: string
  evidence: Evidence[]
  remedies: Remedy[]
  /** A stop that may be waived with a typed reason. */
  waivable: boolean
  waiver: Waiver | null
}

export interface CheckInfo {
  id: string
  group: CheckGroup
  title: string
  why: string
}

export interface PreflightResult {
  at: number
  tookMs: number
  checks: CheckInfo[]
  findings: Finding[]
}

export type PreflightState =
  | { kind: 'never' }
  | { kind: 'running'; since: number; last: PreflightResult | null }
  | { kind: 'done'; result: PreflightResult }

/** Stops that are not waived. */
export const openStops = (findings: Finding[]): Finding[] =>
  findings.filter((finding) => finding.verdict === 'stop' && !finding.waiver)
