import { FailureError, fail, failureOf } from '../../shared/failure'
import type { JournalBody, JournalEntry } from '../../shared/journal'
import type { Run, RunState, StepProgress } from '../../shared/runbook'
import type { ServerIdentity } from '../../shared/server'
import { emptyRun } from './empty-run'
import { type FoldedRun, foldEntry } from './fold'
import { assertAllowed, perform, performAction } from './perform'
import { previewSteps } from './preview'
import { Halt, type Hands, NothingSent, type Runbook, type Seen, type Step } from './step'
import { takeUp } from './take-up'

/** The part of Hands that reaches servers; the engine adds the part that speaks of the run. */
export type Reaching = Pick<Hands, 'sql' | 'read' | 'command' | 'look' | 'refusal'>

export interface RunDeps {
  /** Writes one line and returns when it is on disk. */
  write(body: JournalBody): Promise<JournalEntry>
  reaching: Reaching
  /** Monotonic milliseconds. */
  now(): number
  onRun(run: Run): void
}

export interface RunStart {
  runId: string
  operator: string
  epoch: number
  identities: Record<string, ServerIdentity>
  /** Known at the start and kept with the run: the subject of a remedy. */
  facts?: Record<string, string>
  /** An earlier part of the same run, folded from the journal. */
  resume?: FoldedRun
  /** Instead of going on, put everything back (needs `resume`). */
  undo?: true
}

export interface RunHandle {
  /** The run so far, with live progress. */
  current(): Run
  /** Puts everything back; rejects after the point of no return. Resolves when it is put back. */
  abort(by: string): Promise<void>
  /** The person did what the waiting step asked. */
  personDone(step: string, by: string): void
  /** Writes an entry of this run: decisions, measures, notes. */
  write(body: JournalBody): Promise<void>
  readonly ended: Promise<Run>
}

/** Starts or resumes a run: snapshot → intent on disk → effect → observed until confirmed or deadline → outcome on disk. */
export const startRun = <F>(runbook: Runbook<F>, deps: RunDeps, start: RunStart): RunHandle => {
  const { runId } = start
  const runs = new Map<string, FoldedRun>(start.resume ? [[runId, start.resume]] : [])
  const stopper = new AbortController()
  const waiters = new Map<string, () => void>()
  const progress = new Map<string, StepProgress>()
  let endedResolve: (run: Run) => void = () => {}
  const ended = new Promise<Run>((resolve) => {
    endedResolve = resolve
  })
  let abortedBy: string | null = null

  const folded = (): FoldedRun => {
    const known = runs.get(runId)
    if (!known) throw fail('internal', 'The run has not been journaled.')
    return known
  }
  const current = (): Run => {
    const { run } = folded()
    return {
      ...run,
      steps: run.steps.map((step) =>
        progress.has(step.id) && ['running', 'waiting'].includes(step.state)
          ? { ...step, progress: progress.get(step.id) ?? null }
          : step
      )
    }
  }
  const write = async (body: JournalBody): Promise<void> => {
    const entry = await deps.write(body)
    foldEntry(runs, entry)
    deps.onRun(current())
  }
  const setState = (state: RunState) => write({ type: 'state', run: runId, state })
  const facts = () => ({ fixed: runbook.facts, learned: folded().run.facts })

  const handsFor = (stepId: string, signal: AbortSignal): Hands => ({
    ...deps.reaching,
    signal,
    now: deps.now,
    progress: (value) => {
      progress.set(stepId, value)
      deps.onRun(current())
    },
    note: (text) => void write({ type: 'note', run: runId, text }).catch(() => {}),
    pause: (ms) =>
      new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer)
          reject(fail('cancelled', 'Stopped by the operator.'))
        }
        const timer = setTimeout(() => {
          signal.removeEventListener('abort', stop)
          resolve()
        }, ms)
        if (signal.aborted) stop()
        else signal.addEventListener('abort', stop, { once: true })
      }),
    person: async (text) => {
      await write({ type: 'waiting', run: runId, step: stepId, text })
      await new Promise<void>((resolve, reject) => {
        const stop = () => reject(fail('cancelled', 'Stopped by the operator.'))
        if (signal.aborted) stop()
        signal.addEventListener('abort', stop, { once: true })
        waiters.set(stepId, () => {
          signal.removeEventListener('abort', stop)
          resolve()
        })
      })
      waiters.delete(stepId)
      await setState({ kind: 'running' })
    }
  })

  const confirmUntil = async (
    hands: Hands,
    look: () => Promise<Seen>,
    deadlineMs: number
  ): Promise<Extract<Seen, { done: true }>> => {
    const until = deps.now() + deadlineMs
    for (let wait = 15; ; wait = Math.min(wait * 1.6, 500)) {
      const seen = await look()
      if (seen.done) return seen
      if (deps.now() >= until)
        throw fail('timeout', 'The step was sent, but the server is not observed to be so.', {
          why: seen.why,
          try: ['Look at the server, then try the step again or undo it.']
        })
      await hands.pause(wait)
    }
  }

  const runStep = async (step: Step<F>, wasBegun: boolean): Promise<void> => {
    const hands = handsFor(step.id, stopper.signal)
    const from = deps.now()
    if (wasBegun) {
      const seen = await step.confirm(hands, facts())
      if (seen.done)
        return write({
          type: 'observed',
          run: runId,
          step: step.id,
          evidence: `${seen.evidence} (found so after a restart)`,
          ms: 0,
          learned: seen.learned ?? {}
        })
    }
    const kept = wasBegun
      ? (folded().snapshots[step.id] ?? null)
      : step.snapshot
        ? await step.snapshot(hands, facts())
        : null
    const actions = step.actions(facts())
    assertAllowed(deps.reaching, actions)
    await write({ type: 'intent', run: runId, step: step.id, actions, snapshot: kept })
    await perform(hands, step, facts(), actions)
    const seen = await confirmUntil(hands, () => step.confirm(hands, facts()), step.deadlineMs)
    await write({
      type: 'observed',
      run: runId,
      step: step.id,
      evidence: seen.evidence,
      ms: Math.round((deps.now() - from) * 10) / 10,
      learned: seen.learned ?? {}
    })
  }

  const undoAll = async (): Promise<void> => {
    const hands = (id: string) => handsFor(id, new AbortController().signal)
    for (const step of [...runbook.steps].reverse()) {
      const state = folded().run.steps.find((known) => known.id === step.id)?.state
      if (!state || ['todo', 'undone', 'skipped'].includes(state)) continue
      const snapshot = folded().snapshots[step.id] ?? null
      const plan = step.undo(facts(), snapshot)
      if (plan.kind === 'impossible')
        throw fail('conflict', `“${step.title}” cannot be undone.`, {
          why: plan.why,
          try: ['Go on, or reverse the cutover.']
        })
      const from = deps.now()
      const actions = plan.kind === 'actions' ? plan.actions : []
      assertAllowed(deps.reaching, actions)
      await write({ type: 'undo-intent', run: runId, step: step.id, actions })
      if (step.performUndo) await step.performUndo(hands(step.id), facts(), actions)
      else for (const action of actions) await performAction(hands(step.id), action, step.deadlineMs)
      const look = step.confirmUndone
      const seen = look
        ? await confirmUntil(hands(step.id), () => look(hands(step.id), facts(), snapshot), step.deadlineMs)
        : { evidence: actions.length ? 'put back' : 'nothing to put back' }
      await write({ type: 'undone', run: runId, step: step.id, evidence: seen.evidence, ms: deps.now() - from })
    }
  }

  const passedPoint = (): boolean => {
    const index = runbook.steps.findIndex((step) => step.pointOfNoReturn)
    if (index < 0) return false
    return folded()
      .run.steps.slice(index)
      .some((step) => step.state !== 'todo' && step.state !== 'undone')
  }

  const putBack = async (why: string): Promise<void> => {
    await setState({ kind: 'aborting', why })
    try {
      await undoAll()
      await setState(start.undo ? { kind: 'undone' } : { kind: 'aborted', why })
    } catch (error) {
      await setState({
        kind: 'halted',
        why: `Putting back did not complete: ${failureOf(error).what} ${failureOf(error).why ?? ''}`.trim()
      })
    }
  }

  const go = async (): Promise<void> => {
    if (!start.resume)
      await write({
        type: 'run-started',
        run: runId,
        kind: runbook.kind,
        title: runbook.title,
        operator: start.operator,
        epoch: start.epoch,
        steps: previewSteps(runbook),
        identities: start.identities,
        facts: start.facts ?? {}
      })
    else if (start.undo) {
      if (passedPoint()) throw fail('conflict', 'The point of no return is passed: the way back is Reverse.')
      await write({ type: 'decision', run: runId, by: start.operator, what: 'Undo.' })
      return putBack(`Undone by ${start.operator}.`)
    } else {
      await setState({ kind: 'running', observing: true })
      const taken = await takeUp(runbook, handsFor('take-up', stopper.signal), facts(), folded().run, write)
      if (taken.go === 'observe') return setState({ kind: 'halted', why: taken.truth })
      if (taken.go === 'abort') return putBack(taken.truth)
      await setState({ kind: 'running' })
    }
    for (const step of runbook.steps) {
      if (stopper.signal.aborted && !passedPoint()) return putBack(`Aborted by ${abortedBy ?? start.operator}.`)
      const state = folded().run.steps.find((known) => known.id === step.id)?.state ?? 'todo'
      if (state === 'done') continue
      try {
        await runStep(step, state !== 'todo' && state !== 'undone')
      } catch (error) {
        if (error instanceof Halt) return setState({ kind: 'halted', why: error.message })
        if (error instanceof NothingSent) {
          await write({ type: 'undone', run: runId, step: step.id, evidence: `not sent: ${error.message}`, ms: 0 })
          return putBack(error.message)
        }
        if (stopper.signal.aborted && !passedPoint()) return putBack(`Aborted by ${abortedBy ?? start.operator}.`)
        await write({ type: 'failed', run: runId, step: step.id, failure: failureOf(error) })
        if (runbook.onFailure === 'undo' && !passedPoint()) return putBack(failureOf(error).what)
        return
      }
    }
    if (stopper.signal.aborted && !passedPoint()) return putBack(`Aborted by ${abortedBy ?? start.operator}.`)
    await setState({ kind: 'done' })
  }

  void go()
    .catch((error: unknown) =>
      setState({ kind: 'halted', why: failureOf(error).words ?? failureOf(error).what }).catch(() => {})
    )
    .then(() => runbook.cleanup?.())
    .catch(() => {})
    .finally(() => endedResolve(runs.has(runId) ? current() : emptyRun(runbook, start)))

  return {
    current,
    ended,
    write,
    personDone: (step, by) => {
      const waiting = waiters.get(step)
      if (!waiting) throw fail('conflict', 'This step does not wait for you.')
      void write({ type: 'decision', run: runId, by, what: `Went on at “${step}”.` }).then(waiting)
    },
    abort: async (by) => {
      if (passedPoint())
        throw fail('conflict', 'The point of no return is passed: the way back is Reverse.', {
          try: ['Let it go on; reverse when the new side takes writes.']
        })
      abortedBy = by
      stopper.abort(new FailureError({ kind: 'cancelled', what: 'Stopped by the operator.', try: [] }))
      await ended
    }
  }
}
