import type { Report } from '../../shared/report'
import { buildReport } from '../report/build'
import { reportHtml } from '../report/html'
import { reportJson } from '../report/json'
import type { LiveMove } from './live-move'

/** The report of an opened move as it stands now, made by this version of Siteswap. */
export const reportOf = (live: LiveMove, version: string): Report =>
  buildReport({
    move: live.move(),
    entries: live.journal.entries,
    problem: live.journal.problem,
    runs: live.desk.runs(),
    madeAt: Date.now(),
    product: `Siteswap ${version}`
  })

/** The same as a file: self-contained HTML or JSON. */
export const reportText = (report: Report, format: 'html' | 'json'): string =>
  format === 'html' ? reportHtml(report) : reportJson(report)
