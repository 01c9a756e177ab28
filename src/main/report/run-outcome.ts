import type { Run } from '../../shared/runbook'

/** How a run ended, in a few words. */
export const runOutcome = (run: Run): string => {
  const title = (id: string): string => run.steps.find((step) => step.id === id)?.title ?? id
  switch (run.state.kind) {
    case 'done':
      return `done, ${run.steps.filter((step) => step.state === 'done').length} steps`
    case 'running':
      return 'still running when this was written'
    case 'waiting':
      return `waits for a person at “${title(run.state.step)}”: ${run.state.text}`
    case 'failed':
      return `failed at “${title(run.state.step)}”: ${run.state.failure.what}`
    case 'halted':
      return `halted: ${run.state.why}`
    case 'aborting':
      return `being aborted: ${run.state.why}`
    case 'aborted':
      return `aborted: ${run.state.why}`
    case 'interrupted':
      return 'interrupted: the app ended in the middle and nothing was observed since'
    case 'undone':
      return 'taken back completely'
  }
  return run.state satisfies never
}
