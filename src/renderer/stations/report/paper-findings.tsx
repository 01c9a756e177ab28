import type { Finding, PreflightResult, Verdict } from '../../../shared/finding'
import { formatMoment } from '../../parts/format'
import { StatusIcon } from '../../parts/status-icon'
import type { StatusKind } from '../../parts/status-kind'

const kinds: Record<Verdict, StatusKind> = {
  ok: 'ok',
  info: 'info',
  warn: 'attention',
  stop: 'stop',
  unknown: 'unknown'
}
const order: Verdict[] = ['stop', 'unknown', 'warn', 'info']

const weight = (finding: Finding): number => order.indexOf(finding.verdict)

/** What preflight found that is not simply well, with waivers and their reasons. */
export function PaperFindings({ result }: { result: PreflightResult }) {
  const ok = result.findings.filter((finding) => finding.verdict === 'ok').length
  const rest = result.findings.filter((finding) => finding.verdict !== 'ok').sort((a, b) => weight(a) - weight(b))
  return (
    <>
      <p className="s12 t2">
        {result.checks.length} checks, {formatMoment(result.at)}. {ok} findings well, {rest.length} to look at.
      </p>
      <ul className="paper-list">
        {rest.map((finding) => (
          <li key={`${finding.check}${finding.server ?? ''}`}>
            <StatusIcon status={finding.waiver ? 'waived' : kinds[finding.verdict]} label={true} />
            <span className="m11 t2">{finding.check}</span>
            <span>
              {finding.title}
              {finding.server && <span className="t2"> {finding.server}</span>}
              {finding.consequence && <span className="t2">. {finding.consequence}</span>}
              {finding.waiver && (
                <span className="quote">
                  Waived by {finding.waiver.by}, {formatMoment(finding.waiver.at)}: “{finding.waiver.reason}”
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
