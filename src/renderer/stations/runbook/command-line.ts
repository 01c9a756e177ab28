import type { Action, StepPreview } from '../../../shared/runbook'

const guard = /\bAS guard$/
/** Settings of the session, marks and the clock: sent beside the statement that matters. */
const preparing = /^(SET @\w+ = '|SET SESSION|SELECT CONNECTION_ID\(|SELECT TIMESTAMPDIFF\(MICROSECOND)/i
/** Names, tests, rights and folders that a shell line begins with. */
const shellPreparing = /^(\w+=|\[|\{ cmp|umask |mkdir -p |chmod |cd )/
/** Lines of a script that only hold it together: brackets, settings, names, functions, copies kept aside. */
const scriptPreparing =
  /^(\{|\}|set -|exit\b|#|umask |mkdir |chmod |cd |for |\w+=|\w+\(\)|\[|case |if |then|else|fi\b|cp -p |echo\b|systemctl (--user )?daemon-reload)/
/** A test in front of what is done when it holds, or does not. */
const guarded = /^\[ [^\]]* \] (\|\||&&) (?=[\w"])/

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** The script of `sh -c '…'`; every other command stays as it is. */
const unwrapped = (command: string): string => {
  const script = /^sh -c '((?:[^']|'\\'')*)'$/.exec(command)?.[1]
  return script === undefined ? command : script.replaceAll("'\\''", "'")
}

/** The first line of a script that does something; what it clears away in a loop comes last. */
const scriptLine = (script: string): string | null => {
  const lines = script
    .split('\n')
    .map((line) => oneLine(line).replace(guarded, ''))
    .filter(Boolean)
  const functions = lines.flatMap((line) => /^(\w+)\(\)/.exec(line)?.[1] ?? [])
  const telling = lines.find(
    (line) => !scriptPreparing.test(line) && !functions.some((name) => line.startsWith(`${name} `))
  )
  return telling ?? lines.find((line) => line.startsWith('for ')) ?? null
}

const lineOf = (action: Action): string => {
  switch (action.kind) {
    case 'sql': {
      const sent = action.statements.filter((statement) => !guard.test(statement.trim()))
      const telling = sent.filter((statement) => !preparing.test(statement))
      return oneLine((telling.length ? telling : sent).join('; '))
    }
    case 'command': {
      const text = action.command === 'sh -s' && action.input !== null ? action.input : unwrapped(action.command.trim())
      const line = text.includes('\n') && !text.startsWith('{ ') ? scriptLine(text) : null
      if (line !== null) return line
      const parts = oneLine(text).replace(/^\{ /, '').split(' && ')
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
