import type { Action, StepPreview } from '../../../shared/runbook'

const guard = /\bAS guard$/
/** Settings of the session and marks: sent before the statement that matters. */
const preparing = /^(SET @\w+ = '|SET SESSION|SELECT CONNECTION_ID\()/i
/** Names and tests that a shell line begins with. */
const shellPreparing = /^(\w+=|\[|\{ cmp)/

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

const lineOf = (action: Action): string => {
  switch (action.kind) {
    case 'sql': {
      const sent = action.statements.filter((statement) => !guard.test(statement.trim()))
      const telling = sent.filter((statement) => !preparing.test(statement))
      return oneLine((telling.length ? telling : sent).join('; '))
    }
    case 'command': {
      const parts = oneLine(action.command).split(' && ')
      const telling = parts.filter((part) => !shellPreparing.test(part))
      return (telling.length ? telling : parts).join(' && ')
    }
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
