import type { Run } from './runbook'

/** It has reached its end, forward. */
export const isDone = (run: Run | null): boolean => run?.state.kind === 'done'

/** It goes on now. */
export const isLive = (run: Run | null): boolean =>
  run !== null && ['running', 'waiting', 'aborting'].includes(run.state.kind)

/** It was cut off or has stopped, and goes on only when somebody says so. */
export const isStuck = (run: Run | null): boolean =>
  run !== null && ['failed', 'halted', 'interrupted'].includes(run.state.kind)

/** The point of no return has been reached: its step was begun and not taken back. */
export const passedPoint = (run: Run): boolean => {
  const index = run.steps.findIndex((step) => step.pointOfNoReturn)
  return index >= 0 && run.steps.slice(index).some((step) => step.state !== 'todo' && step.state !== 'undone')
}

/** The one safe step of a switch that was cut off or has stopped: it looks first, then goes the only way that is left. */
export const observeLabel = (run: Run): string => {
  if (run.state.kind === 'halted') return 'Observe again'
  return passedPoint(run) ? 'Observe, then go on' : 'Observe, then put back'
}
