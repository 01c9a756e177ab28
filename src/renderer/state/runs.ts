import { useEffect } from 'react'
import { create } from 'zustand'
import { type Failure, failureOf } from '../../shared/failure'
import type { RunbookKind, RunbookPreview } from '../../shared/runbook'
import { call } from '../api'
import { openMoveId } from './open-move'
import { attempt } from './shell'

/** What a runbook would do now. A newer question keeps the older answer in sight until it is answered. */
export type PreviewState =
  | { kind: 'asking' }
  | { kind: 'ready'; preview: RunbookPreview; at: number; failure: Failure | null }
  | { kind: 'failed'; failure: Failure }

interface Runs {
  previews: Record<string, PreviewState>
  /** Commands on their way, by run id or by preview key: their buttons show it and cannot be pressed twice. */
  busy: Record<string, 'start' | 'resume' | 'abort' | 'undo' | 'done' | 'canary'>
}

export const useRuns = create<Runs>(() => ({ previews: {}, busy: {} }))

const keyOf = (kind: RunbookKind, subject: string | null): string => `${openMoveId()}/${kind}/${subject ?? ''}`
const setPreview = (key: string, state: PreviewState): void =>
  useRuns.setState(({ previews }) => ({ previews: { ...previews, [key]: state } }))

const asking = new Set<string>()

/** Asks once what the runbook would do now; a question that is still open is not asked again. */
export const askPreview = async (kind: RunbookKind, subject: string | null = null): Promise<void> => {
  const key = keyOf(kind, subject)
  if (asking.has(key)) return
  asking.add(key)
  const before = useRuns.getState().previews[key]
  if (before?.kind !== 'ready') setPreview(key, { kind: 'asking' })
  try {
    const preview = await call('runbook.preview', { moveId: openMoveId(), kind, subject })
    setPreview(key, { kind: 'ready', preview, at: Date.now(), failure: null })
  } catch (error) {
    const failure = failureOf(error)
    setPreview(key, before?.kind === 'ready' ? { ...before, failure } : { kind: 'failed', failure })
  } finally {
    asking.delete(key)
  }
}

/** The preview of a runbook, asked when shown and, with `everyMs`, again while it is shown. `wanted: false` asks nothing. */
export const usePreview = (
  kind: RunbookKind,
  options: { subject?: string | null; everyMs?: number; wanted?: boolean } = {}
): PreviewState => {
  const { subject = null, everyMs, wanted = true } = options
  useEffect(() => {
    if (!wanted) return
    void askPreview(kind, subject)
    if (everyMs === undefined) return
    const timer = setInterval(() => void askPreview(kind, subject), everyMs)
    return () => clearInterval(timer)
  }, [kind, subject, everyMs, wanted])
  return useRuns((runs) => runs.previews[keyOf(kind, subject)]) ?? { kind: 'asking' }
}

type Command = Runs['busy'][string]

const busyWith = async <T>(key: string, command: Command, work: () => Promise<T>): Promise<T | null> => {
  if (useRuns.getState().busy[key]) return null
  useRuns.setState(({ busy }) => ({ busy: { ...busy, [key]: command } }))
  try {
    return await attempt(work())
  } finally {
    useRuns.setState(({ busy }) => {
      const { [key]: _, ...rest } = busy
      return { busy: rest }
    })
  }
}

/** Which command of this run (or of the preview with this kind) is on its way. */
export const useBusy = (key: string): Command | null => useRuns((runs) => runs.busy[key] ?? null)
export const startKey = (kind: RunbookKind, subject: string | null = null): string => keyOf(kind, subject)

/** Starts a runbook; answers the run's id, or null when it was refused (the reason is shown). */
export const startRun = async (
  kind: RunbookKind,
  subject: string | null = null,
  confirm: string | null = null
): Promise<string | null> => {
  const started = await busyWith(keyOf(kind, subject), 'start', () =>
    call('runbook.start', { moveId: openMoveId(), kind, subject, confirm })
  )
  if (started === null) void askPreview(kind, subject)
  return started?.runId ?? null
}

export const resumeRun = async (runId: string): Promise<void> => {
  await busyWith(runId, 'resume', () => call('runbook.resume', { moveId: openMoveId(), runId }))
}
export const abortRun = async (runId: string): Promise<void> => {
  await busyWith(runId, 'abort', () => call('runbook.abort', { moveId: openMoveId(), runId }))
}
export const undoRun = async (runId: string): Promise<void> => {
  await busyWith(runId, 'undo', () => call('runbook.undo', { moveId: openMoveId(), runId }))
}
/** The person did what the waiting step asked. */
export const personDone = async (runId: string, step: string): Promise<void> => {
  await busyWith(runId, 'done', () => call('runbook.done', { moveId: openMoveId(), runId, step }))
}

/** The key under which a command to the canary orders is on its way. */
export const canaryKey = 'canary'
export const startCanary = async (): Promise<void> => {
  await busyWith(canaryKey, 'canary', () => call('canary.start', { moveId: openMoveId() }))
}
/** Stops the canary orders and counts them on both servers. */
export const stopCanary = async (): Promise<void> => {
  await busyWith(canaryKey, 'canary', () => call('canary.stop', { moveId: openMoveId() }))
}
