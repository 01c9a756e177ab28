import type { Failure } from '../../shared/failure'
import type { Json } from '../../shared/journal'
import type { Action, CommandAction, Run, RunbookKind, SqlAction, StepProgress, UndoPlan } from '../../shared/runbook'

type Row = Record<string, string | null>

/** Everything a step may touch, handed in: no step opens, dials or reads a clock by itself. */
export interface Hands {
  /** Sends the statements of an action exactly as shown, secrets filled in; one row list per statement. */
  sql(action: SqlAction, options?: { deadlineMs?: number }): Promise<Row[][]>
  /** Reads: must not change anything. */
  read(server: string, session: string, statement: string, values?: readonly (string | number | null)[]): Promise<Row[]>
  command(
    action: CommandAction,
    options: { deadlineMs: number; onStdout?: (text: string) => void; onStderr?: (text: string) => void }
  ): Promise<{ code: number | null; stdout: string; stderr: string }>
  /** A read-only command. */
  look(
    server: string,
    command: string,
    deadlineMs?: number
  ): Promise<{ code: number | null; stdout: string; stderr: string }>
  /** Why this action is never sent; null: it may be. `sql` and `command` throw it by themselves. */
  refusal?(action: Action): Failure | null
  /** Waits until the person says done; the run shows the text. */
  person(text: string): Promise<void>
  progress(progress: StepProgress): void
  note(text: string): void
  /** Waits, or rejects when the run is aborted. */
  pause(ms: number): Promise<void>
  /** Monotonic milliseconds. */
  now(): number
  readonly signal: AbortSignal
}

export type Seen = { done: true; evidence: string; learned?: Record<string, string> } | { done: false; why: string }

/** Facts known when the runbook was made plus what earlier steps learned. */
export interface RunFacts<F> {
  fixed: F
  learned: Readonly<Record<string, string>>
}

/**
 * One part of a runbook: data plus pure functions. The preview prints `actions` and `undo`; the run executes the same objects.
 * A step is done when `confirm` sees it on the server, never because a statement returned OK.
 */
export interface Step<F> {
  id: string
  group: string
  title: string
  why: string
  server(facts: F): string
  actions(facts: RunFacts<F>): Action[]
  /** Read before the act, kept in the journal, handed to `undo`. */
  snapshot?(hands: Hands, facts: RunFacts<F>): Promise<Json>
  /** Default: the actions one after the other. */
  perform?(hands: Hands, facts: RunFacts<F>, actions: Action[]): Promise<void>
  confirm(hands: Hands, facts: RunFacts<F>): Promise<Seen>
  undo(facts: RunFacts<F>, snapshot: Json): UndoPlan
  /** Default: the undo's actions one after the other. */
  performUndo?(hands: Hands, facts: RunFacts<F>, actions: Action[]): Promise<void>
  /** Observed after the undo; default: the undo's actions returned. */
  confirmUndone?(hands: Hands, facts: RunFacts<F>, snapshot: Json): Promise<Seen>
  /** How long `confirm` may be asked until the step has failed. */
  deadlineMs: number
  pointOfNoReturn?: true
}

/** What is true of a run that was interrupted, and the one safe way on. */
export interface TakenUp {
  go: 'forward' | 'observe' | 'abort'
  truth: string
  /** Only with `abort`: a step whose effect was looked for and not found, or is taken back here before the others. */
  unsent?: { step: string; actions: Action[]; perform(hands: Hands): Promise<string> }
}

export interface Runbook<F> {
  kind: RunbookKind
  title: string
  facts: F
  steps: Step<F>[]
  confirmWords: string | null
  /** 'stop': a failed step waits for the person. 'undo': before the point of no return everything is put back by itself. */
  onFailure: 'stop' | 'undo'
  /** Observes before an interrupted run goes on. Default: it goes forward. */
  takeUp?(hands: Hands, facts: RunFacts<F>, run: Run): Promise<TakenUp>
  /** Runs when the run has ended in whatever way: closes what the steps kept open. */
  cleanup?(): Promise<void>
}

/** Thrown by a step that has surely sent nothing: its intent is journaled as not sent, and everything before it is put back. */
export class NothingSent extends Error {}

/** Thrown by a step whose effect cannot be told: the run halts and only observing again is offered. */
export class Halt extends Error {}
