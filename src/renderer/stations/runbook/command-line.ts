import type { Action, StepPreview } from '../../../shared/runbook'

const guard = /\bAS guard$/
const preparing = /^(SET (@|SESSION)|SELECT CONNECTION_ID\()/i

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

const lineOf = (action: Action): string => {
  switch (action.kind) {
    case 'sql': {
      const sent = action.statements.filter((statement) => !guard.test(statement.trim()))
      return oneLine(sent.find((statement) => !preparing.test(statement)) ?? sent[0] ?? action.statements[0] ?? '')
    }
    case 'command':
      return oneLine(action.command)
    case 'dns':
    case 'person':
    case 'app':
      return oneLine(action.text)
    default:
      return action satisfies never
  }
}

/** The one line that tells most of what a step does: its first change, else its first action. All of it is in the inspector. */
export const commandLine = (step: Pick<StepPreview, 'actions'>): string => {
  const telling = step.actions.find((action) => 'changes' in action && action.changes) ?? step.actions[0]
  return telling ? lineOf(telling) : ''
}
