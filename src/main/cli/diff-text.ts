import { consequences, consequenceWords, type Difference, type TopologyDiff } from '../../shared/topology-diff'
import { differenceLines } from '../report/difference-lines'
import { countWords, differenceTitle, diffTitle } from '../report/difference-words'
import { clock, duration } from '../report/plain-format'
import { plain } from './print'

const signs = { added: '+', removed: '-', changed: '≠', reversed: '⇄' } as const
const marks = { same: '  ', added: '+ ', removed: '- ', fold: '  ' } as const
const indent = '     '
const mostLines = 60

const oneLine = (text: string | null): string => (text === null ? 'nothing' : plain(text).replace(/\n/g, ' '))

const values = (one: Difference): string[] => {
  if (!one.isText) return [`${indent}${oneLine(one.old)} → ${oneLine(one.new)}`]
  const lines = differenceLines(one.old ?? '', one.new ?? '')
  const shown = lines.slice(0, mostLines).map((line) => `${indent}${marks[line.kind]}${plain(line.text)}`)
  return lines.length > mostLines ? [...shown, `${indent}… ${lines.length - mostLines} more lines`] : shown
}

const entry = (one: Difference): string[] => [
  `  ${signs[one.sign]}  ${oneLine(differenceTitle(one))}${one.server ? `  (${oneLine(one.server)})` : ''}`,
  ...values(one),
  one.accepted
    ? `${indent}accepted by ${oneLine(one.accepted.by)}: ${oneLine(one.accepted.reason)}`
    : `${indent}${one.why}`
]

/** The differences for a terminal; what is expected is only counted. */
export const differencesText = (diff: TopologyDiff): string => {
  const open = diff.differences.filter((one) => one.accepted === null && one.consequence !== 'expected')
  const groups = consequences.flatMap((consequence) => {
    const here = open.filter((one) => one.consequence === consequence)
    return here.length === 0 ? [] : [consequenceWords[consequence].title, ...here.flatMap(entry), '']
  })
  const accepted = diff.differences.filter((one) => one.accepted)
  // What the cutover will do is what the plan is asked for.
  const planned = diff.lens.kind === 'plan' ? diff.differences.filter((one) => one.consequence === 'expected') : []
  return [
    oneLine(diffTitle(diff)),
    '',
    ...groups,
    ...(planned.length > 0 ? ['The cutover does this', ...planned.flatMap(entry), ''] : []),
    ...(accepted.length > 0 ? ['Accepted', ...accepted.flatMap(entry), ''] : []),
    ...diff.untold.map((one) => `not known: ${oneLine(one.server)} ${oneLine(one.part)}: ${oneLine(one.why)}`),
    `${countWords(diff)}; compared at ${clock(diff.at)} UTC in ${duration(diff.tookMs)}`
  ].join('\n')
}
