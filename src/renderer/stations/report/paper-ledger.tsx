import type { CanaryLedger } from '../../../shared/canary'
import { formatCount, formatDuration, UNKNOWN } from '../../parts/format'

type Line = Omit<CanaryLedger['hosts'][number], 'host'>

/** Canary orders by host: sent, acknowledged, found on both sides, longest silence. */
export function PaperLedger({ ledger, oldSite, newSite }: { ledger: CanaryLedger; oldSite: string; newSite: string }) {
  return (
    <table className="t24">
      <thead>
        <tr>
          <th>From</th>
          <th className="r">Sent</th>
          <th className="r">Acknowledged</th>
          <th className="r">Found, {oldSite}</th>
          <th className="r">Found, {newSite}</th>
          <th className="r">Longest gap</th>
        </tr>
      </thead>
      <tbody>
        {ledger.hosts.map((host) => (
          <tr key={host.host}>
            <td className="m11">{host.host}</td>
            <Cells line={host} />
          </tr>
        ))}
        <tr className="total">
          <td>Total</td>
          <Cells line={ledger.total} />
        </tr>
      </tbody>
    </table>
  )
}

function Cells({ line }: { line: Line }) {
  return (
    <>
      <td className="r">{formatCount(line.sent)}</td>
      <td className="r">{formatCount(line.acknowledged)}</td>
      <td className="r">{formatCount(line.foundOld)}</td>
      <td className="r">{formatCount(line.foundNew)}</td>
      <td className="r">{line.longestGapMs === null ? UNKNOWN : formatDuration(line.longestGapMs)}</td>
    </>
  )
}
