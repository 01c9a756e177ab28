import type { Failure } from './failure'
import type { Action, PauseMeasure, RunbookKind, RunState, StepPreview } from './runbook'
import type { ServerIdentity } from './server'

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** What is written. An intent is on disk before its effect; an observation after it. */
export type JournalBody =
  | {
      type: 'run-started'
      run: string
      kind: RunbookKind
      title: string
      operator: string
      epoch: number
      steps: StepPreview[]
      identities: Record<string, ServerIdentity>
      facts: Record<string, string>
    }
  | { type: 'intent'; run: string; step: string; actions: Action[]; snapshot: Json }
  | { type: 'observed'; run: string; step: string; evidence: string; ms: number; learned: Record<string, string> }
  | { type: 'failed'; run: string; step: string; failure: Failure }
  | { type: 'waiting'; run: string; step: string; text: string }
  | { type: 'undo-intent'; run: string; step: string; actions: Action[] }
  | { type: 'undone'; run: string; step: string; evidence: string; ms: number }
  | { type: 'state'; run: string; state: RunState }
  | { type: 'measured'; run: string; pause: PauseMeasure }
  | { type: 'decision'; run: string | null; by: string; what: string }
  | { type: 'note'; run: string | null; text: string }
  /** Documents kept for the report: topology before/after, preflight, drift, canary ledger. */
  | { type: 'kept'; run: string | null; name: string; document: Json }

/** One line of the move's journal; `hash` = SHA-256 over prev and the canonical text of the rest. */
export interface JournalEntry {
  seq: number
  /** Wall clock, epoch ms. */
  at: number
  /** Monotonic ms of the process that wrote it. */
  mono: number
  prev: string
  hash: string
  body: JournalBody
}
