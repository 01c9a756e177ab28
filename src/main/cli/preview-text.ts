import type { Action, RunbookPreview } from '../../shared/runbook'
import { columns, failureText, plain } from './print'

const inside = (text: string, mark = '        '): string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => mark + line)

const actionText = (action: Action): string[] => {
  switch (action.kind) {
    case 'sql':
      return action.statements.flatMap((statement) =>
        inside(`${action.server} [${action.session}${action.onePacket ? ', one packet' : ''}]  ${statement}`, '      ')
      )
    case 'command':
      return [
        ...inside(`${action.server} [ssh]  ${action.command}`, '      '),
        ...(action.input ? inside(action.input, '        | ') : [])
      ]
    case 'dns':
      return inside(`dns  ${action.text}`, '      ')
    case 'person':
      return inside(`by hand: ${action.text}`, '      ')
    case 'app':
      return inside(action.text, '      ')
    default:
      return action satisfies never
  }
}

/** What speaks against a start, and what should be known before: gates, blockers, notes. */
export const obstaclesText = (preview: RunbookPreview): string => {
  const lines: string[] = []
  const gates = preview.gates ?? []
  if (gates.length)
    lines.push(
      columns(
        gates.map((gate) => ['gate', gate.state, gate.title, gate.seen]),
        '  '
      )
    )
  for (const blocker of preview.blockers) lines.push(`  cannot start: ${failureText(blocker, '  ').trimStart()}`)
  for (const warning of preview.warnings) lines.push(`  note: ${warning}`)
  return plain(lines.join('\n'))
}

/** A runbook as text: the same actions that a run executes. */
export const previewText = (preview: RunbookPreview): string => {
  const obstacles = obstaclesText(preview)
  const lines = [preview.title, ...(obstacles ? [obstacles] : [])]
  let group = ''
  preview.steps.forEach((step, index) => {
    if (step.pointOfNoReturn) lines.push('  --- point of no return ---')
    if (step.group !== group) lines.push(`  ${step.group}`)
    group = step.group
    lines.push(`  ${String(index + 1).padStart(2)}  ${step.title}  (${step.server})`)
    for (const action of step.actions) lines.push(...actionText(action))
  })
  if (preview.confirmWords) lines.push(`Start it with: run --confirm "${preview.confirmWords}"`)
  return plain(lines.join('\n'))
}
