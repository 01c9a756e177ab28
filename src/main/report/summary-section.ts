import type { Report } from '../../shared/report'
import { driftCounts } from './drift-section'
import { logo, site, status, type Tone } from './icons'
import { html, type Markup, own } from './markup'
import { duration, grouped, longMoment } from './plain-format'
import { decisiveRun, measuredRun } from './summary'

const headlines: Record<Report['summary']['outcome'], (report: Report, subject: string) => string> = {
  moved: ({ move }, subject) => `${subject} moved to ${move.new}`,
  finished: ({ move }, subject) => `${subject} moved to ${move.new}`,
  reversed: ({ move }, subject) => `${subject} moved back to ${move.old}`,
  aborted: ({ move }, subject) => `Cutover aborted, ${subject} stayed at ${move.old}`,
  'not-moved': ({ move }, subject) => `${subject} is still at ${move.old}`,
  'in-progress': ({ move, summary }, subject) =>
    summary.openAt === null ? `Cutover of ${subject} is not finished` : `${subject} is moving to ${move.new}`
}

/** The one line that says how it ended. */
export const headline = (report: Report): string =>
  headlines[report.summary.outcome](report, report.move.domains[0] ?? report.move.name)

const outcomeTone: Record<Report['summary']['outcome'], [Tone, string]> = {
  moved: ['ok', 'moved'],
  finished: ['ok', 'moved and finished'],
  reversed: ['attention', 'moved back'],
  aborted: ['attention', 'aborted, nothing changed'],
  'not-moved': ['unknown', 'not moved yet'],
  'in-progress': ['info', 'in progress']
}

/** Headline, who and when, the figures and one sentence. */
export const summarySection = (report: Report): Markup => {
  const run = decisiveRun(report.runs)
  const measured = measuredRun(report.runs)
  const number = run ? report.runs.filter((one) => one.startedAt <= run.startedAt).length : 0
  const byLine = [
    longMoment(report.summary.openAt ?? run?.startedAt ?? report.madeAt),
    run ? `Run ${number} of ${report.runs.length} by ${run.operator}` : null,
    report.product
  ]
  const [tone, word] = outcomeTone[report.summary.outcome]
  return html`<header id="summary">
<div class="top"><div><h1>${headline(report)}</h1><p class="by">${byLine.filter((part) => part !== null).join(' · ')}</p></div>${logo}</div>
<p class="way">${site('old', report.move.old)}<span class="arrow" aria-label="to">→</span>${site('new', report.move.new)}<span class="outcome">${status(tone, word)}</span></p>
<dl class="figures">${figures(report)}</dl>
<p class="lead">${report.summary.sentence}</p>
${measured === null || report.summary.writePauseMs === null ? null : html`<p class="note">The write pause is measured from the moment the hold was granted to the first moment a write was possible again, on the clock of the computer that ran the move.</p>`}
</header>`
}

const figure = (value: string, label: string, tone: 'plain' | 'danger' | 'attention' | 'unknown' = 'plain'): Markup =>
  html`<div><dd class="${tone}">${own(value)}</dd><dt>${label}</dt></div>`

const figures = (report: Report): Markup[] => {
  const { summary, canary, drift, preflight } = report
  const counts = driftCounts(drift)
  const open = preflight?.findings.filter((finding) => finding.verdict === 'stop' && !finding.waiver).length ?? 0
  const waived = preflight?.findings.filter((finding) => finding.waiver).length ?? 0
  return [
    summary.writePauseMs === null
      ? figure('unknown', 'write pause, not measured', 'unknown')
      : figure(duration(summary.writePauseMs), 'write pause, measured'),
    canary === null
      ? figure('unknown', 'canary orders, none sent', 'unknown')
      : canary.total.acknowledged === 0
        ? figure('0', 'canary orders acknowledged', 'attention')
        : lossOf(canary.total) === 0
          ? figure(grouped(canary.total.acknowledged), 'canary orders, none lost')
          : figure(
              grouped(lossOf(canary.total)),
              `of ${grouped(canary.total.acknowledged).replaceAll('\u202f', ' ')} canary orders missing or doubled`,
              'danger'
            ),
    counts === null
      ? figure('unknown', 'tables compared', 'unknown')
      : figure(
          `${grouped(counts.same)} of ${grouped(counts.total)}`,
          ['tables proved the same', ...rest(counts)].join(', '),
          counts.differs > 0 ? 'danger' : counts.inconclusive > 0 ? 'attention' : 'plain'
        ),
    preflight === null
      ? figure('unknown', 'checks, not run', 'unknown')
      : figure(
          grouped(open),
          `open stops in ${preflight.checks.length} checks${waived > 0 ? `, ${waived} waived` : ''}`,
          open > 0 ? 'danger' : 'plain'
        )
  ]
}

const rest = (counts: { differs: number; inconclusive: number; others: number }): string[] => [
  ...(counts.differs > 0 ? [counts.differs === 1 ? '1 differs' : `${counts.differs} differ`] : []),
  ...(counts.inconclusive > 0 ? [`${counts.inconclusive} inconclusive`] : []),
  ...(counts.others > 0 ? [`${counts.others} not compared`] : [])
]

const lossOf = (total: { missing: number; doubled: number }): number => total.missing + total.doubled
