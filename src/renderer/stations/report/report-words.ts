import type { Report } from '../../../shared/report'
import type { Run } from '../../../shared/runbook'
import type { ChipTone } from '../../parts/chip'

type Outcome = Report['summary']['outcome']

const chips: Record<Outcome, { word: string; tone: ChipTone }> = {
  moved: { word: 'moved', tone: 'ok' },
  finished: { word: 'finished', tone: 'ok' },
  reversed: { word: 'reversed', tone: 'att' },
  aborted: { word: 'aborted', tone: 'unk' },
  'in-progress': { word: 'draft', tone: 'info' },
  'not-moved': { word: 'draft', tone: 'info' }
}

/** The word of the outcome beside the station's title. */
export const outcomeChip = (report: Report): { word: string; tone: ChipTone } => chips[report.summary.outcome]

/** The headline of the paper. */
export const headline = (report: Report): string => {
  const { move, summary } = report
  const subject = move.domains[0] ?? move.name
  switch (summary.outcome) {
    case 'moved':
    case 'finished':
      return `${subject} moved to ${move.new}`
    case 'reversed':
      return `${subject} is back at ${move.old}`
    case 'aborted':
      return `${subject} stayed at ${move.old}`
    case 'in-progress':
      return `${subject}, moving to ${move.new}`
    case 'not-moved':
      return `${subject}, before the move`
    default:
      return summary.outcome satisfies never
  }
}

/** The newest switch: the run the timeline is drawn from. */
export const switchOf = (report: Report): Run | null =>
  report.runs
    .filter((run) => run.kind === 'cutover' || run.kind === 'reverse')
    .reduce<Run | null>((last, run) => (last && last.startedAt > run.startedAt ? last : run), null)

/** Something has happened that is worth a report. */
export const hasContent = (report: Report): boolean =>
  report.runs.length > 0 || report.preflight !== null || report.drift !== null

/** The sections of the paper, in their order, with whether there is something in them. */
export const sectionsOf = (report: Report): { id: string; title: string; filled: boolean }[] => [
  { id: 'summary', title: 'Summary', filled: true },
  { id: 'timeline', title: 'Timeline of the run', filled: switchOf(report) !== null },
  { id: 'ledger', title: 'Canary ledger', filled: report.canary !== null },
  { id: 'before', title: 'Topology, before', filled: report.topologyBefore !== null },
  { id: 'after', title: 'Topology, after', filled: report.topologyAfter !== null },
  { id: 'findings', title: 'Findings, waivers', filled: report.preflight !== null },
  { id: 'drift', title: 'Drift verdicts', filled: report.drift !== null && report.drift.kind !== 'never' },
  { id: 'statements', title: 'Every statement', filled: report.runs.length > 0 },
  { id: 'decisions', title: 'Decisions', filled: report.decisions.length > 0 },
  { id: 'journal', title: 'Journal hash', filled: true }
]

export interface ReportCheck {
  id: string
  status: 'ok' | 'attention' | 'danger' | 'running'
  text: string
}

/** What is looked at before the report is given to somebody. Pure. */
export const checksOf = (report: Report, groups: (count: number) => string): ReportCheck[] => {
  const { journal, canary, runs } = report
  const open = runs.filter((run) => !['done', 'aborted', 'undone'].includes(run.state.kind))
  const wrong = canary ? canary.total.missing + canary.total.doubled : 0
  return [
    journal.intact
      ? { id: 'journal', status: 'ok', text: `Journal chain intact, ${groups(journal.entries)} entries` }
      : { id: 'journal', status: 'danger', text: journal.problem ?? 'The journal is damaged' },
    canary === null
      ? { id: 'canary', status: 'attention', text: 'No closed ledger of canary orders' }
      : wrong
        ? { id: 'canary', status: 'danger', text: `${groups(wrong)} canary orders missing or doubled` }
        : canary.total.acknowledged === 0
          ? {
              id: 'canary',
              status: 'attention',
              text: `No canary order was acknowledged, of ${groups(canary.total.sent)} sent: they prove nothing`
            }
          : { id: 'canary', status: 'ok', text: 'Every acknowledged canary order found once on both' },
    ...(open.length
      ? open.map(
          (run): ReportCheck => ({
            id: run.id,
            status: 'running',
            text: `“${run.title}” is not ended: ${run.state.kind}`
          })
        )
      : [{ id: 'runs', status: 'ok', text: 'Every run has ended' } satisfies ReportCheck]),
    { id: 'secrets', status: 'ok', text: 'Secrets stand as placeholders' },
    { id: 'self', status: 'ok', text: 'Opens without network or script' }
  ]
}
