import type { Failure } from '../../shared/failure'
import type { Report } from '../../shared/report'
import type { Action, Run, RunState, StepRun, UndoPlan } from '../../shared/runbook'

/** What stands around the rows of a repair and holds nothing of them; everything else is only counted. */
const harmless = [
  /^SET SESSION sql_log_bin = 0$/,
  /^SET SESSION sql_mode = '[A-Z_,]*', time_zone = '\+00:00'$/,
  /^SET GLOBAL super_read_only = [01]$/,
  /^(START TRANSACTION|COMMIT|ROLLBACK)$/
]
const written = /^(INSERT INTO|UPDATE|DELETE FROM) (`(?:[^`]|``)*`\.`(?:[^`]|``)*`) /

/** Statements about rows as one line for each kind and table, where the first of them stood. */
const counted = (statements: readonly string[]): string[] => {
  const lines: { text: string; rows: number }[] = []
  for (const statement of statements) {
    if (harmless.some((form) => form.test(statement))) {
      lines.push({ text: statement, rows: 0 })
      continue
    }
    const [, verb, table] = written.exec(statement) ?? []
    const text = verb && table ? `${verb} ${table}` : 'Statement'
    const known = lines.find((line) => line.rows > 0 && line.text === text)
    if (known) known.rows += 1
    else lines.push({ text, rows: 1 })
  }
  return lines.map(({ text, rows }) =>
    rows === 0 ? text : `${text} … /* ${rows} ${rows === 1 ? 'row' : 'rows'}; values are not part of a report */`
  )
}

const actionWithoutRows = (action: Action): Action =>
  action.kind === 'sql' ? { ...action, statements: counted(action.statements) } : action

const undoWithoutRows = (undo: UndoPlan): UndoPlan =>
  undo.kind === 'actions' ? { kind: 'actions', actions: undo.actions.map(actionWithoutRows) } : undo

/** A server quotes the value that it refuses. */
const wordsElsewhere = 'What the server said may quote a row; it is in the journal of the move.'

const failureWithoutRows = ({ kind, what, where, code, try: tries }: Failure): Failure => ({
  kind,
  what,
  ...(where === undefined ? {} : { where }),
  ...(code === undefined ? {} : { code }),
  why: wordsElsewhere,
  try: tries
})

const stepWithoutRows = (step: StepRun): StepRun => ({
  ...step,
  actions: step.actions.map(actionWithoutRows),
  undo: undoWithoutRows(step.undo),
  failure: step.failure && failureWithoutRows(step.failure)
})

const stateWithoutRows = (state: RunState): RunState => {
  if (state.kind === 'failed') return { ...state, failure: failureWithoutRows(state.failure) }
  return 'why' in state ? { ...state, why: wordsElsewhere } : state
}

const runWithoutRows = (run: Run): Run => ({
  ...run,
  state: stateWithoutRows(run.state),
  steps: run.steps.map(stepWithoutRows)
})

/** Repairs write whole rows of customers: a report, which is handed on, holds their tables and numbers only. Pure. */
export const withoutRows = ({ runs, undone }: Pick<Report, 'runs' | 'undone'>): Pick<Report, 'runs' | 'undone'> => {
  const repairs = new Set(runs.filter((run) => run.kind === 'repair').map((run) => run.id))
  return {
    runs: runs.map((run) => (repairs.has(run.id) ? runWithoutRows(run) : run)),
    undone: undone.map((one) => (repairs.has(one.run) ? { ...one, actions: one.actions.map(actionWithoutRows) } : one))
  }
}
