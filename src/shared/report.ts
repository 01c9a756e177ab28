import type { CanaryLedger } from './canary'
import type { DriftState } from './drift'
import type { PreflightResult } from './finding'
import type { Action, Decision, Run } from './runbook'
import type { Topology } from './topology'

/** Everything the migration report says; HTML is made from this and nothing else. */
export interface Report {
  format: 'siteswap.report'
  version: 1
  madeAt: number
  product: string
  move: { id: string; name: string; old: string; new: string; domains: string[] }
  summary: {
    outcome: 'moved' | 'not-moved' | 'aborted' | 'reversed' | 'finished' | 'in-progress'
    writePauseMs: number | null
    canaryGapMs: number | null
    holdAt: number | null
    openAt: number | null
    sentence: string
  }
  topologyBefore: Topology | null
  topologyAfter: Topology | null
  preflight: PreflightResult | null
  drift: DriftState | null
  runs: Run[]
  /** What was sent to take steps back, in the order it was sent. */
  undone: { at: number; run: string; step: string; actions: Action[] }[]
  canary: CanaryLedger | null
  decisions: Decision[]
  journal: { entries: number; headHash: string; intact: boolean; problem: string | null }
}
