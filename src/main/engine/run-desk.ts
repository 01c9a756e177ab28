import { randomUUID } from 'node:crypto'
import { fail } from '../../shared/failure'
import type { JournalBody, JournalEntry, Json } from '../../shared/journal'
import { refusalsIn, withRefusals } from '../../shared/refused-steps'
import { type Run, type RunbookKind, type RunbookPreview, runIsOpen } from '../../shared/runbook'
import type { ServerIdentity } from '../../shared/server'
import { type FoldedRun, foldEntry, foldRuns, interrupted } from '../runbook/fold'
import { previewSteps } from '../runbook/preview'
import { type Reaching, type RunHandle, startRun } from '../runbook/run'
import type { Runbook } from '../runbook/step'

/** A runbook made for the servers as they are now, with what speaks against starting it. */
export interface MadeRunbook {
  runbook: Runbook<unknown>
  blockers: RunbookPreview['blockers']
  warnings: string[]
  gates?: RunbookPreview['gates']
  behind?: RunbookPreview['behind']
}

export interface RunDeskDeps {
  operator: string
  reaching: Reaching
  journal: { entries: readonly JournalEntry[]; write(body: JournalBody): Promise<JournalEntry> }
  make(kind: RunbookKind, subject: string | null, resumed: Run | null): Promise<MadeRunbook>
  identities(): Promise<Record<string, ServerIdentity>>
  /** Documents kept with a run for the report, before and after it. */
  keepsake(kind: RunbookKind, when: 'before' | 'after'): Promise<Record<string, Json>>
  onRun(run: Run): void
}

/** A run that has begun; `ended` never rejects. */
export interface StartedRun {
  runId: string
  ended: Promise<Run>
}

export interface RunDesk {
  runs(): Run[]
  preview(kind: RunbookKind, subject: string | null): Promise<RunbookPreview>
  start(kind: RunbookKind, subject: string | null, confirm: string | null): Promise<StartedRun>
  resume(runId: string): Promise<StartedRun>
  undo(runId: string): Promise<StartedRun>
  abort(runId: string): Promise<void>
  personDone(runId: string, step: string): void
  isBusy(): boolean
  /** Lets go of what runs: before the point of no return it is put back, after it the server moves on by itself. */
  close(): Promise<void>
}

const measured = (runs: Run[], kind: RunbookKind): Map<string, number> => {
  const family: RunbookKind[] =
    kind === 'cutover' || kind === 'reverse' || kind === 'rehearsal' ? ['rehearsal', 'cutover', 'reverse'] : [kind]
  const times = new Map<string, number>()
  for (const run of runs)
    if (family.includes(run.kind))
      for (const step of run.steps) if (step.state === 'done' && step.ms !== null) times.set(step.id, step.ms)
  return times
}

/** Makes, previews, starts and resumes the runs of one move; one at a time. */
export const makeRunDesk = (deps: RunDeskDeps): RunDesk => {
  const folded: Map<string, FoldedRun> = foldRuns(deps.journal.entries)
  const handles = new Map<string, RunHandle>()
  /** Settled when a run's books are closed too, some seconds after its end. */
  const closing = new Map<string, Promise<unknown>>()
  const runs = (): Run[] => [...folded.values()].map(({ run }) => handles.get(run.id)?.current() ?? interrupted(run))

  const write = async (body: JournalBody): Promise<JournalEntry> => {
    const entry = await deps.journal.write(body)
    foldEntry(folded, entry)
    return entry
  }
  const runDeps = { write, reaching: deps.reaching, now: () => performance.now(), onRun: deps.onRun }

  const keep = async (run: string, kind: RunbookKind, when: 'before' | 'after') => {
    for (const [name, document] of Object.entries(await deps.keepsake(kind, when)))
      await write({ type: 'kept', run, name, document })
  }

  const begin = (runbook: Runbook<unknown>, runId: string, handle: RunHandle): Promise<Run> => {
    handles.set(runId, handle)
    const closed = handle.ended.then(async (run) => {
      await keep(runId, runbook.kind, 'after').catch(() => {})
      handles.delete(runId)
      deps.onRun(run)
      return run
    })
    closing.set(
      runId,
      closed.finally(() => closing.delete(runId))
    )
    return closed
  }

  const known = (runId: string): FoldedRun => {
    const run = folded.get(runId)
    if (!run) throw fail('not-found', 'This run is not in the journal.', { where: runId })
    return run
  }

  const underWay = (): Run | undefined =>
    [...handles.values()].map((handle) => handle.current()).find((run) => interrupted(run) !== run)

  let beginning = false
  const assertIdle = () => {
    const busy = underWay()
    if (busy || beginning)
      throw fail('conflict', busy ? `“${busy.title}” is running.` : 'Another run is about to begin.', {
        try: ['Wait for it, or abort it first.']
      })
  }
  /** One run at a time, also while it is still being prepared: nothing else may begin before `work` has registered it. */
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    assertIdle()
    beginning = true
    try {
      await Promise.all(closing.values())
      return await work()
    } finally {
      beginning = false
    }
  }

  const again = async (runId: string, undo: boolean): Promise<StartedRun> => {
    const resume = known(runId)
    if (!undo && !runIsOpen(resume.run)) throw fail('conflict', 'This run has ended.')
    const { runbook } = await deps.make(resume.run.kind, resume.run.facts.subject ?? null, resume.run)
    const handle = startRun(runbook, runDeps, {
      runId,
      operator: deps.operator,
      epoch: resume.run.epoch,
      identities: {},
      resume,
      undo: undo || undefined
    })
    return { runId, ended: begin(runbook, runId, handle) }
  }

  return {
    runs,
    preview: async (kind, subject) => {
      const { runbook, blockers, warnings, gates, behind } = await deps.make(kind, subject, null)
      const times = measured(runs(), kind)
      const steps = withRefusals(previewSteps(runbook), deps.reaching.refusal).map((step) => ({
        ...step,
        expectMs: times.get(step.id) ?? null
      }))
      const busy = underWay()
      const waits = busy
        ? [fail('conflict', `“${busy.title}” is running.`, { try: ['Wait for it, or abort it first.'] }).failure]
        : []
      return {
        kind,
        title: runbook.title,
        steps,
        confirmWords: runbook.confirmWords,
        blockers: [...waits, ...refusalsIn(steps, deps.reaching.refusal), ...blockers],
        warnings,
        gates,
        behind
      }
    },
    start: (kind, subject, confirm) =>
      alone(async () => {
        const open = runs().find((run) => runIsOpen(run) && run.kind === kind && kind !== 'rehearsal')
        if (open && open.state.kind !== 'failed')
          throw fail('conflict', `An earlier “${open.title}” has not ended.`, {
            try: ['Observe it again, or undo it.']
          })
        const { runbook, blockers } = await deps.make(kind, subject, null)
        const [blocker] = [...refusalsIn(previewSteps(runbook), deps.reaching.refusal), ...blockers]
        if (blocker) throw fail(blocker.kind, blocker.what, blocker)
        if (runbook.confirmWords !== null && confirm?.trim() !== runbook.confirmWords)
          throw fail('invalid', `Type “${runbook.confirmWords}” to start.`, {
            try: ['The words name the site that will take writes.']
          })
        const identities = await deps.identities()
        const runId = randomUUID()
        await keep(runId, kind, 'before').catch(() => {})
        const handle = startRun(runbook, runDeps, {
          runId,
          operator: deps.operator,
          epoch: folded.size + 1,
          identities,
          facts: subject ? { subject } : {}
        })
        const ended = begin(runbook, runId, handle)
        if (confirm)
          await write({ type: 'decision', run: runId, by: deps.operator, what: `Typed “${confirm.trim()}”.` })
        return { runId, ended }
      }),
    resume: (runId) => alone(() => again(runId, false)),
    undo: (runId) => alone(() => again(runId, true)),
    abort: async (runId) => {
      const handle = handles.get(runId)
      if (!handle) throw fail('conflict', 'This run is not running.', { try: ['Undo it, or observe it again.'] })
      await handle.abort(deps.operator)
    },
    personDone: (runId, step) => {
      const handle = handles.get(runId)
      if (!handle) throw fail('conflict', 'This run is not running.')
      handle.personDone(step, deps.operator)
    },
    isBusy: () => beginning || handles.size > 0,
    close: async () => {
      await Promise.all([...handles.values()].map((handle) => handle.abort(deps.operator).catch(() => {})))
    }
  }
}
