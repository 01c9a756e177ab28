import type { Run } from '../../shared/runbook'

/** While a hold stands nothing of ours should queue behind it. */
export const writesWait = (run: Run): boolean => {
  const state = (id: string) => run.steps.find((step) => step.id === id)?.state
  const over = ['throw', 'let-go'].some((id) => state(id) === 'done')
  return run.state.kind === 'running' && ['running', 'done'].includes(state('hold') ?? '') && !over
}
