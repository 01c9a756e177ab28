import type { Run } from '../../shared/runbook'
import type { RunStart } from './run'
import type { Runbook } from './step'

/** What is shown when not even the first line of the journal could be written. */
export const emptyRun = <F>(runbook: Runbook<F>, start: RunStart): Run => ({
  id: start.runId,
  kind: runbook.kind,
  title: runbook.title,
  epoch: start.epoch,
  operator: start.operator,
  startedAt: 0,
  endedAt: null,
  state: { kind: 'halted', why: 'The journal could not be written, so nothing was started.' },
  steps: [],
  facts: {},
  decisions: [],
  pause: { holdMs: null, canaryGapMs: null, holdAt: null, openAt: null },
  notes: []
})
