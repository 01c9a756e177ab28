import { consequences, consequenceWords, type Difference, type TopologyDiff } from '../../shared/topology-diff'
import { differenceLines } from './difference-lines'
import { countWords, differenceTitle, diffTitle } from './difference-words'
import { plain } from './markup'
import { moment } from './plain-format'

/** Text of a server inside a line: nothing of it is Markdown, HTML or a link. */
const inline = (text: string): string =>
  plain(text, 300).replace(/[\\`*_{}[\]()<>#+!|~&@:/-]/g, (character) => `\\${character}`)

/** A block of code whose fence is longer than any in the text. */
const block = (text: string, language = ''): string => {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}
const line = (text: string): string => plain(text, 2000)

const values = (one: Difference): string => {
  if (!one.isText) return `  - ${inline(one.old ?? 'nothing')} → ${inline(one.new ?? 'nothing')}`
  const marks = { same: ' ', added: '+', removed: '-', fold: ' ' } as const
  const lines = differenceLines(one.old ?? '', one.new ?? '').map(({ kind, text }) => `${marks[kind]}${line(text)}`)
  return `\n${block(lines.slice(0, 400).join('\n'), 'diff')}\n`
}

const entry = (one: Difference): string =>
  [
    `- **${one.sign}** ${inline(differenceTitle(one))}${one.server ? ` — ${inline(one.server)}` : ''}. ${one.why}`,
    values(one),
    one.accepted ? `  - accepted by ${inline(one.accepted.by)}: ${inline(one.accepted.reason)}` : null
  ]
    .filter((part) => part !== null)
    .join('\n')

/** The differences as Markdown, for a ticket. */
export const differenceMarkdown = (move: string, diff: TopologyDiff): string => {
  const groups = consequences.flatMap((consequence) => {
    const here = diff.differences.filter((one) => one.consequence === consequence && one.accepted === null)
    if (here.length === 0) return []
    return [`## ${consequenceWords[consequence].title} (${here.length})`, here.map(entry).join('\n')]
  })
  const accepted = diff.differences.filter((one) => one.accepted)
  return `${[
    `# ${inline(diffTitle(diff))}`,
    `${inline(move)}, ${moment(diff.at)} UTC: ${countWords(diff)}.`,
    ...groups,
    ...(accepted.length > 0 ? [`## Accepted (${accepted.length})`, accepted.map(entry).join('\n')] : []),
    ...(diff.untold.length > 0
      ? [
          '## Not known',
          diff.untold
            .map((one) => `- ${inline(one.server || 'the move')}: ${inline(one.part)}. ${inline(one.why)}`)
            .join('\n')
        ]
      : [])
  ].join('\n\n')}\n`
}
