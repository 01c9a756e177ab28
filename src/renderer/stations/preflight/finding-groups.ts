import {
  type CheckGroup,
  type CheckInfo,
  checkGroups,
  type Finding,
  type PreflightResult
} from '../../../shared/finding'
import type { StatusKind } from '../../parts/status-kind'

/** Which findings are listed. */
export type Shown = 'todo' | 'waived' | 'all'

/** One line of the list; a check can speak more than once of one server, so the key counts. */
export interface ListedFinding {
  key: string
  finding: Finding
  check: CheckInfo
}

/** One group with the lines that are listed now. */
export interface FindingGroupView {
  id: CheckGroup
  title: string
  counts: { status: StatusKind; words: string }[]
  lines: ListedFinding[]
  /** Nothing to do here: the group is folded until somebody opens it. */
  quiet: boolean
}

export const findingStatus = (finding: Finding): StatusKind => {
  if (finding.waiver) return 'waived'
  switch (finding.verdict) {
    case 'stop':
      return 'stop'
    case 'warn':
      return 'attention'
    case 'unknown':
      return 'unknown'
    case 'info':
      return 'info'
    case 'ok':
      return 'ok'
    default:
      return finding.verdict satisfies never
  }
}

/** Needs a person: a stop, a warning or something not answered, unless it is waived. */
export const isToDo = (finding: Finding): boolean =>
  !finding.waiver && finding.verdict !== 'ok' && finding.verdict !== 'info'

const isShown = (finding: Finding, shown: Shown): boolean =>
  shown === 'all' || (shown === 'waived' ? finding.waiver !== null : isToDo(finding))

/** How many of each there are. */
export interface FindingTally {
  stops: number
  warnings: number
  unknown: number
  waived: number
  ok: number
  notes: number
}

export const tallyOf = (findings: readonly Finding[]): FindingTally => {
  const count = (status: StatusKind) => findings.filter((finding) => findingStatus(finding) === status).length
  return {
    stops: count('stop'),
    warnings: count('attention'),
    unknown: count('unknown'),
    waived: count('waived'),
    ok: count('ok'),
    notes: count('info')
  }
}

const many = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`

const countsOf = (findings: readonly Finding[]): FindingGroupView['counts'] => {
  const tally = tallyOf(findings)
  const counts: { status: StatusKind; count: number; words: string }[] = [
    { status: 'stop', count: tally.stops, words: many(tally.stops, 'stop') },
    { status: 'attention', count: tally.warnings, words: many(tally.warnings, 'warning') },
    { status: 'unknown', count: tally.unknown, words: `${tally.unknown} not answered` },
    { status: 'waived', count: tally.waived, words: `${tally.waived} waived` },
    { status: 'info', count: tally.notes, words: many(tally.notes, 'note') },
    { status: 'ok', count: tally.ok, words: `${tally.ok} ok` }
  ]
  return counts.filter(({ count }) => count > 0).map(({ status, words }) => ({ status, words }))
}

/** Every finding with its check and a key of its own, in the order of the catalogue. */
export const listFindings = (result: PreflightResult): ListedFinding[] => {
  const checks = new Map(result.checks.map((check) => [check.id, check]))
  const seen = new Map<string, number>()
  return result.findings.flatMap((finding) => {
    const check = checks.get(finding.check)
    if (!check) return []
    const name = `${finding.check}:${finding.server ?? ''}`
    const turn = seen.get(name) ?? 0
    seen.set(name, turn + 1)
    return [{ key: turn === 0 ? name : `${name}:${turn}`, finding, check }]
  })
}

const weight: Partial<Record<StatusKind, number>> = { stop: 0, attention: 1, unknown: 2, waived: 3, info: 4, ok: 5 }
const weightOf = (line: ListedFinding): number => weight[findingStatus(line.finding)] ?? 6

const matches = ({ finding, check }: ListedFinding, words: string, nameOf: (server: string) => string): boolean => {
  const text = [finding.title, finding.consequence, check.id, check.title, checkGroups[check.group]]
  const places = finding.server === null ? ['both'] : [finding.server, nameOf(finding.server)]
  const all = [...text, ...places].join('\n').toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}

/** The list: groups with the most to do first, what stops before what warns; groups without anything stay to be opened. */
export const groupFindings = (
  result: PreflightResult,
  options: { shown: Shown; filter: string; nameOf: (server: string) => string }
): FindingGroupView[] => {
  const all = listFindings(result)
  const filter = options.filter.trim()
  const groups = (Object.keys(checkGroups) as CheckGroup[]).flatMap((id): FindingGroupView[] => {
    const own = all.filter((line) => line.check.group === id)
    if (own.length === 0) return []
    const wanted = own
      .filter((line) => isShown(line.finding, options.shown))
      .filter((line) => filter === '' || matches(line, filter, options.nameOf))
    const quiet = wanted.length === 0
    if (quiet && (filter !== '' || options.shown !== 'todo')) return []
    const lines = [...(quiet ? own : wanted)].sort((a, b) => weightOf(a) - weightOf(b))
    return [{ id, title: checkGroups[id], counts: countsOf(own.map(({ finding }) => finding)), lines, quiet }]
  })
  const worst = (group: FindingGroupView) => (group.quiet ? 9 : Math.min(...group.lines.map(weightOf)))
  return options.shown === 'all' ? groups : [...groups].sort((a, b) => worst(a) - worst(b))
}

/** All remedies of what is to do as one text to take along: where, why, statements, undo. */
export const remediesText = (findings: readonly Finding[], nameOf: (server: string) => string): string =>
  findings
    .filter((finding) => isToDo(finding) && finding.remedies.length > 0)
    .flatMap((finding) => [
      `-- ${finding.check} ${finding.title}`,
      ...finding.remedies.flatMap((remedy) => [
        `-- ${remedy.text}`,
        ...(remedy.server !== null && remedy.statements.length > 0 ? [`-- on ${nameOf(remedy.server)}:`] : []),
        ...remedy.statements.map((statement) => `${statement};`),
        ...(remedy.undo.length > 0 ? remedy.undo.map((statement) => `-- undo: ${statement};`) : [])
      ]),
      ''
    ])
    .join('\n')
    .trim()
