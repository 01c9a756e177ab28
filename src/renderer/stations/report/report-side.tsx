import type { Report } from '../../../shared/report'
import { Age } from '../../parts/age'
import { CopyButton } from '../../parts/copy-button'
import { formatCount, formatMoment } from '../../parts/format'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { SidePanel } from '../../parts/side-panel'
import { StatusIcon } from '../../parts/status-icon'
import { useReportStore } from '../../state/report'
import { checksOf, sectionsOf } from './report-words'

/** What is in the report, what was checked before it is given away, who decided what, and the file written last. */
export function ReportSide({ report, open, onClose }: { report: Report; open: boolean; onClose: () => void }) {
  const exported = useReportStore((store) => store.exported)
  return (
    <SidePanel
      label="Contents and checks"
      width={320}
      open={open}
      onClose={onClose}
      head={<h2>Contents and checks</h2>}
      foot={
        exported && (
          <div className="col g4 grow">
            <span className="s12">
              <StatusWord /> {exported.format.toUpperCase()} written <Age at={exported.at} ago />
            </span>
            <span className="m sel-text path">{exported.path}</span>
            <div className="row">
              <CopyButton text={exported.path} variant="default">
                Copy the path
              </CopyButton>
            </div>
          </div>
        )
      }
    >
      <Section title="In this report">
        <ul className="answers two" aria-label="In this report">
          {sectionsOf(report)
            .filter((section) => section.id !== 'summary')
            .map((section) => (
              <li key={section.id}>
                <StatusIcon
                  status={section.filled ? 'ok' : 'left-out'}
                  label={section.filled ? 'in it' : 'not there yet'}
                />
                <span className={section.filled ? undefined : 't2'}>{section.title}</span>
                <span className="t3">{section.filled ? '' : 'not there yet'}</span>
              </li>
            ))}
        </ul>
      </Section>
      <Section title="Checked before export">
        <ul className="answers one" aria-label="Checked before export">
          {checksOf(report, formatCount).map((check) => (
            <li key={check.id}>
              <StatusIcon status={check.status} label={true} />
              <span>{check.text}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Decisions">
        {report.decisions.length === 0 && <p className="s12 t2">None was taken.</p>}
        <ol className="col g8">
          {report.decisions.slice(-12).map((decision) => (
            <li key={`${decision.at}${decision.what}`} className="s12">
              <span className="t3 s11">
                {formatMoment(decision.at)}, {decision.by}
              </span>
              <br />
              <ServerText>{decision.what}</ServerText>
            </li>
          ))}
        </ol>
      </Section>
    </SidePanel>
  )
}

function StatusWord() {
  return (
    <span className="row-inline">
      <StatusIcon status="ok" />
    </span>
  )
}
