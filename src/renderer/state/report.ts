import { useEffect } from 'react'
import { create } from 'zustand'
import { type Failure, failureOf } from '../../shared/failure'
import type { Report } from '../../shared/report'
import { call } from '../api'
import { openMoveId } from './open-move'
import { attempt } from './shell'

/** The report as it was last made from the journal. */
export type ReportState =
  | { kind: 'making' }
  | { kind: 'ready'; report: Report; failure: Failure | null }
  | { kind: 'failed'; failure: Failure }

export type ReportFormat = 'html' | 'json'

interface Store {
  moveId: string
  state: ReportState
  exporting: ReportFormat | null
  exported: { path: string; format: ReportFormat; at: number } | null
}

const nothing: Store = { moveId: '', state: { kind: 'making' }, exporting: null, exported: null }
export const useReportStore = create<Store>(() => nothing)

let making = false

/** Makes the report anew from the journal; the one before stays in sight meanwhile. */
export const makeReport = async (): Promise<void> => {
  if (making) return
  making = true
  const moveId = openMoveId()
  const known = useReportStore.getState()
  const before = known.moveId === moveId && known.state.kind === 'ready' ? known.state : null
  useReportStore.setState(before ? {} : { ...nothing, moveId })
  try {
    const report = await call('report.build', { moveId })
    useReportStore.setState({ state: { kind: 'ready', report, failure: null } })
  } catch (error) {
    const failure = failureOf(error)
    useReportStore.setState({ state: before ? { ...before, failure } : { kind: 'failed', failure } })
  } finally {
    making = false
  }
}

/** The report, made when shown and again whenever `key` changes (a run that went on, a waiver). */
export const useReport = (key: string, wanted = true): ReportState => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when what the report is made from has changed
  useEffect(() => {
    if (wanted) void makeReport()
  }, [key, wanted])
  return useReportStore((store) => store.state)
}

/** Writes the report where the person says; a cancelled dialog changes nothing. */
export const exportReport = async (format: ReportFormat): Promise<void> => {
  if (useReportStore.getState().exporting) return
  useReportStore.setState({ exporting: format })
  const written = await attempt(call('report.export', { moveId: openMoveId(), format }))
  useReportStore.setState({ exporting: null, ...(written ? { exported: { ...written, format, at: Date.now() } } : {}) })
}
