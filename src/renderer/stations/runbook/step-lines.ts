import { markOf } from '../../../shared/look-only'
import type { Move } from '../../../shared/move'
import type { StepPreview, StepRun, StepState } from '../../../shared/runbook'
import { formatDuration } from '../../parts/format'
import type { RunbookLine } from '../../parts/runbook-list'
import type { StepState as ShownState } from '../../parts/runbook-step'
import { commandLine } from './command-line'
import { serverName } from './names'

const shown: Record<StepState, ShownState> = {
  todo: 'todo',
  running: 'running',
  waiting: 'running',
  done: 'done',
  failed: 'failed',
  undoing: 'running',
  undone: 'undone',
  skipped: 'skipped'
}

export const isRunStep = (step: StepPreview | StepRun): step is StepRun => 'state' in step

/** How long the step has taken, until now while it is under way; null before it begins. */
export const stepMs = (step: StepRun, now: number): number | null => {
  if (step.ms !== null) return step.ms
  const under = step.state === 'running' || step.state === 'waiting'
  return under && step.startedAt !== null ? Math.max(0, now - step.startedAt) : null
}

/** What the lines of a runbook are made from. */
export interface StepLinesOptions {
  move: Move
  now: number
  /** Times measured before, by step id; the run itself does not carry them. */
  expected?: ReadonlyMap<string, number>
  /** Words at the right of a group's head. */
  asides?: Record<string, string>
  noReturn?: string
  /** The run was cut off: what was under way has an unknown outcome. */
  cutOff?: boolean
}

/** The lines of a runbook: heads of groups, steps with server, statement and times, and the point of no return. */
export const stepLines = (steps: readonly (StepPreview | StepRun)[], options: StepLinesOptions): RunbookLine[] => {
  const { move, now, expected, asides = {}, noReturn, cutOff } = options
  const lines: RunbookLine[] = []
  let group: string | null = null
  steps.forEach((step, index) => {
    if (step.pointOfNoReturn) lines.push({ kind: 'no-return', id: `before-${step.id}`, words: noReturn })
    if (step.group !== group) {
      group = step.group
      lines.push({ kind: 'group', id: `group-${step.id}`, title: group, aside: asides[group] })
    }
    const run = isRunStep(step) ? step : null
    const took = run && stepMs(run, now)
    const expect = step.expectMs ?? expected?.get(step.id) ?? null
    const unknown = cutOff && run && ['running', 'waiting', 'undoing'].includes(run.state)
    lines.push({
      kind: 'step',
      id: step.id,
      number: index + 1,
      refused: (!run || run.state === 'todo') && step.refused !== undefined,
      mark: markOf(move, step.server)?.colour,
      state: unknown ? 'unknown' : run ? shown[run.state] : 'todo',
      title: step.title,
      server: serverName(move, step.server),
      command: commandLine(step),
      rehearsed: expect === null ? '' : formatDuration(expect),
      now: unknown || took === null ? undefined : run?.state === 'waiting' ? 'by hand' : formatDuration(took)
    })
  })
  return lines
}

/** The step to look at when nobody has chosen one: what waits, runs or failed, else the last one done, else the first. */
export const tellingStep = (steps: readonly (StepPreview | StepRun)[]): string | null => {
  const runs = steps.filter(isRunStep)
  const find = (...states: StepState[]) => runs.find((step) => states.includes(step.state))
  const last = [...runs].reverse().find((step) => step.state === 'done')
  return (find('waiting', 'failed', 'undoing', 'running') ?? last ?? steps[0])?.id ?? null
}
