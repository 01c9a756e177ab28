import type { StepPreview } from '../../shared/runbook'
import type { Runbook } from './step'

/** The preview of a runbook: the same objects that are executed, printed. */
export const previewSteps = <F>(runbook: Runbook<F>, learned: Record<string, string> = {}): StepPreview[] =>
  runbook.steps.map((step) => {
    const facts = { fixed: runbook.facts, learned }
    return {
      id: step.id,
      group: step.group,
      title: step.title,
      why: step.why,
      server: step.server(runbook.facts),
      actions: step.actions(facts),
      undo: step.undo(facts, null),
      pointOfNoReturn: step.pointOfNoReturn ?? false,
      expectMs: null
    }
  })
