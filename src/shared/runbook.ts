import type { Failure } from './failure'
import type { BridgeUser } from './retired'

export const runbookKinds = [
  'link',
  'seed',
  'replicate',
  'remedy',
  'repair',
  'rehearsal',
  'cutover',
  'reverse',
  'finish'
] as const
export type RunbookKind = (typeof runbookKinds)[number]

/** One thing that will be sent, exactly as it is shown. Secrets stand as `‹secret:ref›` (shared/secret.ts). */
export type Action =
  | {
      kind: 'sql'
      server: string
      /** Named session the statements run in, opened before the step. */
      session: string
      statements: string[]
      /** true: all statements travel in one packet; false: one after the other. */
      onePacket: boolean
      changes: boolean
    }
  | {
      kind: 'command'
      server: string
      command: string /** Sent on standard input; may hold placeholders. */
      input: string | null
      changes: boolean
    }
  | { kind: 'dns'; domain: string; text: string; changes: boolean }
  | { kind: 'person'; text: string }
  /** What the app itself does or waits for; nothing is sent that changes anything. */
  | { kind: 'app'; text: string }

export type SqlAction = Extract<Action, { kind: 'sql' }>
export type CommandAction = Extract<Action, { kind: 'command' }>

export type UndoPlan =
  | { kind: 'actions'; actions: Action[] }
  | { kind: 'nothing' }
  | { kind: 'impossible'; why: string }

export interface StepPreview {
  id: string
  group: string
  title: string
  why: string
  /** Server id, or 'both', or a host list in words. */
  server: string
  actions: Action[]
  undo: UndoPlan
  /** Why the engine would refuse it: a server that may only be looked at. Left out: it would be sent. */
  refused?: string
  /** The dashed line is drawn before this step. */
  pointOfNoReturn: boolean
  /** Measured in an earlier run or rehearsal; null = not yet. */
  expectMs: number | null
}

/** One condition of a cutover, with what was seen and when. */
export interface Gate {
  id: string
  title: string
  state: 'ok' | 'warn' | 'stop' | 'unknown'
  seen: string
  at: number | null
  /** What to do about it, where it is not open. */
  todo?: string
}

export interface RunbookPreview {
  kind: RunbookKind
  title: string
  steps: StepPreview[]
  /** Words the person must type before it starts; null = a plain button. */
  confirmWords: string | null
  /** Named reasons why it cannot start now; empty = it can. */
  blockers: Failure[]
  warnings: string[]
  /** Cutover and reverse: every gate, green or not. */
  gates?: Gate[]
  /** Finish: hosts that still use the bridge. */
  behind?: BridgeUser[]
}

export type StepState = 'todo' | 'running' | 'waiting' | 'done' | 'failed' | 'undoing' | 'undone' | 'skipped'

export interface StepProgress {
  text: string
  done: number | null
  total: number | null
  unit: string
  perSecond: number | null
  etaSeconds: number | null
}

export interface StepRun extends StepPreview {
  state: StepState
  startedAt: number | null
  endedAt: number | null
  ms: number | null
  /** What was observed on the server. */
  evidence: string | null
  failure: Failure | null
  progress: StepProgress | null
}

export type RunState =
  /** `observing`: it was cut off and is being taken up; the servers are looked at and nothing is sent yet. */
  | { kind: 'running'; observing?: true }
  /** A person has something to do or to decide before it goes on. */
  | { kind: 'waiting'; step: string; text: string }
  | { kind: 'failed'; step: string; failure: Failure }
  /** Observation incomplete: the only thing to do is to observe again. */
  | { kind: 'halted'; why: string }
  | { kind: 'aborting'; why: string }
  | { kind: 'aborted'; why: string }
  /** The app ended in the middle; what is true is not known before it is observed. */
  | { kind: 'interrupted' }
  | { kind: 'done' }
  | { kind: 'undone' }

export interface Decision {
  at: number
  by: string
  what: string
}

/** Milliseconds measured in a cutover or rehearsal. */
export interface PauseMeasure {
  /** Hold granted → first write possible again, on the app's clock. */
  holdMs: number | null
  /** Longest gap between canary acknowledgements around the hold. */
  canaryGapMs: number | null
  holdAt: number | null
  openAt: number | null
}

/** One execution: a fold over its journal entries. */
export interface Run {
  id: string
  kind: RunbookKind
  title: string
  epoch: number
  operator: string
  startedAt: number
  endedAt: number | null
  /** When it was last taken up after it had been cut off: times measured across that moment mean nothing. */
  takenUpAt?: number
  state: RunState
  steps: StepRun[]
  /** Learned on the way and needed by later steps or a resume: positions, tokens, counts. Never a secret. */
  facts: Record<string, string>
  decisions: Decision[]
  pause: PauseMeasure
  notes: string[]
}

/** It was cut off and is being taken up: what its steps say is what was so before. */
export const isTakenUp = (run: Run): boolean => run.state.kind === 'running' && run.state.observing === true

export const runIsOpen = (run: Run): boolean => !['done', 'aborted', 'undone'].includes(run.state.kind)
