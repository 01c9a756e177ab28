import { type Failure, failureOf } from '../../shared/failure'
import type { Action, Run, RunbookPreview } from '../../shared/runbook'
import { exitCodes } from './open'

/** Standard output is for the answer, standard error for what happens meanwhile. */
export const say = (text: string): void => void process.stdout.write(`${text}\n`)
export const tell = (text: string): void => void process.stderr.write(`${text}\n`)
export const sayJson = (value: unknown): void => say(JSON.stringify(value, null, 2))

/** A terminal must not obey a server's escapes: control and direction characters are shown as codes. */
const plain = (text: string): string =>
  text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (found) =>
    found === '\n' || found === '\t' ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`
  )

export const failureText = (failure: Failure): string =>
  plain(
    [
      failure.what,
      failure.where && `  where: ${failure.where}`,
      failure.why && `  why:   ${failure.why}`,
      failure.words && `  words: ${failure.words}`,
      ...failure.try.map((what) => `  try:   ${what}`)
    ]
      .filter(Boolean)
      .join('\n')
  )

/** Prints a failure and answers the exit code: 2 for bad input, 3 for what could not be reached or verified. */
export const sayFailure = (error: unknown, json: boolean): number => {
  const failure = failureOf(error)
  if (json) sayJson({ ok: false, failure })
  else tell(failureText(failure))
  return failure.kind === 'invalid' || failure.kind === 'not-found' ? exitCodes.usage : exitCodes.unverified
}

const actionText = (action: Action): string[] => {
  switch (action.kind) {
    case 'sql':
      return action.statements.map(
        (statement) =>
          `      ${action.server} [${action.session}${action.onePacket ? ', one packet' : ''}]  ${statement}`
      )
    case 'command':
      return [`      ${action.server} [ssh]  ${action.command}`]
    case 'dns':
      return [`      dns  ${action.text}`]
    case 'person':
      return [`      by hand: ${action.text}`]
    case 'app':
      return [`      ${action.text}`]
    default:
      return action satisfies never
  }
}

/** A runbook as text: the same actions that a run executes. */
export const previewText = (preview: RunbookPreview): string => {
  const lines = [preview.title]
  for (const gate of preview.gates ?? []) lines.push(`  gate ${gate.state.padEnd(7)} ${gate.title}: ${gate.seen}`)
  for (const blocker of preview.blockers) lines.push(`  cannot start: ${failureText(blocker)}`)
  for (const warning of preview.warnings) lines.push(`  note: ${warning}`)
  let group = ''
  preview.steps.forEach((step, index) => {
    if (step.group !== group) lines.push(`  ${step.group}`)
    group = step.group
    if (step.pointOfNoReturn) lines.push('  --- point of no return ---')
    lines.push(`  ${String(index + 1).padStart(2)}  ${step.title}  (${step.server})`)
    for (const action of step.actions) lines.push(...actionText(action))
  })
  if (preview.confirmWords) lines.push(`Start with --confirm "${preview.confirmWords}"`)
  return plain(lines.join('\n'))
}

/** One line when a step changes its state. */
export const stepTeller = (): ((run: Run) => void) => {
  const told = new Map<string, string>()
  return (run) => {
    for (const step of run.steps) {
      const key = `${run.id}/${step.id}`
      if (told.get(key) === step.state || step.state === 'todo') continue
      told.set(key, step.state)
      tell(
        plain(
          `${step.state.padEnd(8)} ${step.title}${step.ms === null || step.state !== 'done' ? '' : `  ${Math.round(step.ms)} ms`}${step.evidence && step.state === 'done' ? `  ${step.evidence}` : ''}`
        )
      )
      if (step.failure && step.state === 'failed') tell(failureText(step.failure))
    }
  }
}
