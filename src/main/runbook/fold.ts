import type { JournalBody, JournalEntry, Json } from '../../shared/journal'
import type { PauseMeasure, Run, StepRun, StepState } from '../../shared/runbook'

/** A run and what its steps kept for their undo. */
export interface FoldedRun {
  run: Run
  snapshots: Record<string, Json>
}

const withStep = (run: Run, id: string, change: (step: StepRun) => Partial<StepRun>): Run => ({
  ...run,
  steps: run.steps.map((step) => (step.id === id ? { ...step, ...change(step) } : step))
})

const ended = (at: number, state: StepState) => (step: StepRun) => ({
  state,
  endedAt: at,
  ms: step.startedAt === null ? null : at - step.startedAt,
  progress: null
})

const opened = (body: Extract<JournalBody, { type: 'run-started' }>, at: number): Run => ({
  id: body.run,
  kind: body.kind,
  title: body.title,
  epoch: body.epoch,
  operator: body.operator,
  startedAt: at,
  endedAt: null,
  state: { kind: 'running' },
  steps: body.steps.map((step) => ({
    ...step,
    state: 'todo',
    startedAt: null,
    endedAt: null,
    ms: null,
    evidence: null,
    failure: null,
    progress: null
  })),
  facts: body.facts,
  decisions: [],
  pause: { holdMs: null, canaryGapMs: null, holdAt: null, openAt: null },
  notes: []
})

const measureIn = (text: string | undefined, known: number | null): number | null =>
  text !== undefined && text !== '' && Number.isFinite(Number(text)) ? Number(text) : known

/** What a step measured of the write pause becomes the run's. */
const pauseIn = (pause: PauseMeasure, learned: Record<string, string>): PauseMeasure => ({
  holdMs: measureIn(learned.holdMs, pause.holdMs),
  canaryGapMs: measureIn(learned.canaryGapMs, pause.canaryGapMs),
  holdAt: measureIn(learned.holdAt, pause.holdAt),
  openAt: measureIn(learned.openAt, pause.openAt)
})

const step = (run: Run, entry: JournalEntry): Run => {
  const { at, body } = entry
  switch (body.type) {
    case 'intent':
      return withStep({ ...run, state: { kind: 'running' } }, body.step, () => ({
        state: 'running',
        startedAt: at,
        endedAt: null,
        ms: null,
        failure: null,
        actions: body.actions
      }))
    case 'observed':
      return withStep(
        { ...run, facts: { ...run.facts, ...body.learned }, pause: pauseIn(run.pause, body.learned) },
        body.step,
        (old) => ({
          ...ended(at, 'done')(old),
          ms: body.ms,
          evidence: body.evidence,
          failure: null
        })
      )
    case 'failed':
      return withStep(
        { ...run, state: { kind: 'failed', step: body.step, failure: body.failure } },
        body.step,
        (old) => ({ ...ended(at, 'failed')(old), failure: body.failure })
      )
    case 'waiting':
      return withStep({ ...run, state: { kind: 'waiting', step: body.step, text: body.text } }, body.step, () => ({
        state: 'waiting'
      }))
    case 'undo-intent':
      return withStep(run, body.step, () => ({ state: 'undoing' }))
    case 'undone':
      return withStep(run, body.step, () => ({ state: 'undone', evidence: body.evidence }))
    case 'state': {
      const isEnd = ['done', 'aborted', 'undone'].includes(body.state.kind)
      const takenUp = body.state.kind === 'running' && body.state.observing ? { takenUpAt: at } : {}
      return { ...run, ...takenUp, state: body.state, endedAt: isEnd ? at : null }
    }
    case 'measured':
      return { ...run, pause: body.pause }
    case 'decision':
      return { ...run, decisions: [...run.decisions, { at, by: body.by, what: body.what }] }
    case 'note':
      return { ...run, notes: [...run.notes, body.text] }
    case 'run-started':
    case 'kept':
      return run
    default:
      return body satisfies never
  }
}

/** One entry more. Entries of no known run are left aside. */
export const foldEntry = (runs: Map<string, FoldedRun>, entry: JournalEntry): FoldedRun | null => {
  const { body } = entry
  if (body.run === null) return null
  if (body.type === 'run-started') {
    const folded = { run: opened(body, entry.at), snapshots: {} }
    runs.set(body.run, folded)
    return folded
  }
  const known = runs.get(body.run)
  if (!known) return null
  const snapshots = body.type === 'intent' ? { ...known.snapshots, [body.step]: body.snapshot } : known.snapshots
  const folded = { run: step(known.run, entry), snapshots }
  runs.set(body.run, folded)
  return folded
}

/** All runs of a journal, oldest first. */
export const foldRuns = (entries: Iterable<JournalEntry>): Map<string, FoldedRun> => {
  const runs = new Map<string, FoldedRun>()
  for (const entry of entries) foldEntry(runs, entry)
  return runs
}

/** After a restart a run that was going on is not going on any more: what is true must be observed. */
export const interrupted = (run: Run): Run =>
  ['running', 'waiting', 'aborting'].includes(run.state.kind) ? { ...run, state: { kind: 'interrupted' } } : run
