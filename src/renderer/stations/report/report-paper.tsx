import type { ReactNode } from 'react'
import type { Report } from '../../../shared/report'
import { formatMoment } from '../../parts/format'
import { Logo } from '../../parts/logo'
import { PaperDrift } from './paper-drift'
import { PaperFindings } from './paper-findings'
import { PaperLedger } from './paper-ledger'
import { PaperStatements } from './paper-statements'
import { PaperSummary } from './paper-summary'
import { PaperTimeline } from './paper-timeline'
import { PaperTopology } from './paper-topology'
import { headline, switchOf } from './report-words'

/** The report as it will be read: paper stays paper, also in the dark. */
export function ReportPaper({ report }: { report: Report }) {
  const { topologyBefore, topologyAfter, preflight, drift, canary, decisions, journal } = report
  const run = switchOf(report)
  return (
    <article className="paper" data-theme="light" aria-label="Report">
      <header id="report-summary">
        <div className="row top0">
          <h1 className="grow">{headline(report)}</h1>
          <Logo />
        </div>
        <p className="t2 s12">
          {formatMoment(run?.startedAt ?? report.madeAt)}.{run ? ` Run ${run.epoch} by ${run.operator}.` : ''}{' '}
          {report.product}.
        </p>
      </header>
      <PaperSummary report={report} />
      {run && (
        <Part id="timeline" title="Timeline of the run">
          <PaperTimeline run={run} />
        </Part>
      )}
      {canary && (
        <Part id="ledger" title="Canary ledger">
          <PaperLedger ledger={canary} oldSite={report.move.old} newSite={report.move.new} />
        </Part>
      )}
      {topologyBefore && (
        <Part id="before" title="Topology, before">
          <PaperTopology topology={topologyBefore} report={report} />
        </Part>
      )}
      {topologyAfter && (
        <Part id="after" title="Topology, after">
          <PaperTopology topology={topologyAfter} report={report} />
        </Part>
      )}
      {preflight && (
        <Part id="findings" title="Findings and waivers">
          <PaperFindings result={preflight} />
        </Part>
      )}
      {drift && drift.kind !== 'never' && (
        <Part id="drift" title="Drift verdicts">
          <PaperDrift drift={drift} />
        </Part>
      )}
      {report.runs.length > 0 && (
        <Part id="statements" title="Every statement">
          <PaperStatements runs={report.runs} />
        </Part>
      )}
      {decisions.length > 0 && (
        <Part id="decisions" title="Decisions">
          <table className="t24">
            <tbody>
              {decisions.map((decision) => (
                <tr key={`${decision.at}${decision.what}`}>
                  <td className="num">{formatMoment(decision.at)}</td>
                  <td>{decision.by}</td>
                  <td className="wraps">{decision.what}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Part>
      )}
      <Part id="journal" title="Journal">
        <p className="s12 t2">
          {journal.entries} entries, {journal.intact ? 'hash chain intact' : (journal.problem ?? 'damaged')}. Head:
        </p>
        <p className="m sel-text hash">{journal.headHash}</p>
      </Part>
    </article>
  )
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section id={`report-${id}`} className="paper-part">
      <h2>{title}</h2>
      {children}
    </section>
  )
}
