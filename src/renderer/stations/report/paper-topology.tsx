import type { Report } from '../../../shared/report'
import type { Topology } from '../../../shared/topology'
import { formatCount, formatDuration, formatLag, formatMoment, UNKNOWN } from '../../parts/format'
import { HalfDisc } from '../../parts/half-disc'

/** Servers, roles and links of one moment, in words: the exported file draws them. */
export function PaperTopology({ topology, report }: { topology: Topology; report: Report }) {
  return (
    <>
      <table className="t24">
        <thead>
          <tr>
            <th>Server</th>
            <th>Site</th>
            <th>Role</th>
            <th>Version</th>
            <th className="r">Connections</th>
          </tr>
        </thead>
        <tbody>
          {topology.nodes.map((node) => (
            <tr key={node.server}>
              <td className="m11">{node.server}</td>
              <td>
                <span className="row g6">
                  <HalfDisc side={node.side} size={12} />
                  {node.side === 'old' ? report.move.old : report.move.new}
                </span>
              </td>
              <td>
                {!node.survey
                  ? 'not reached'
                  : topology.writable.includes(node.server)
                    ? 'takes writes'
                    : node.survey.readOnly
                      ? 'read-only'
                      : 'open'}
              </td>
              <td className="m11">{node.survey?.identity.version ?? UNKNOWN}</td>
              <td className="r">{node.survey ? formatCount(node.survey.connections.total) : UNKNOWN}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {topology.links.length > 0 && (
        <table className="t24">
          <thead>
            <tr>
              <th>Link</th>
              <th>State</th>
              <th className="r">Lag</th>
            </tr>
          </thead>
          <tbody>
            {topology.links.map((link) => (
              <tr key={link.id}>
                <td className="m11">
                  {link.source} → {link.replica}
                </td>
                <td>{link.state}</td>
                <td className="r">{formatLag(link.lagSeconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="s11 t2">
        Seen {formatMoment(topology.at)}. Bridge {topology.bridge.kind}
        {topology.bridge.roundTripMs === null ? '' : `, round trip ${formatDuration(topology.bridge.roundTripMs)}`}.
        {topology.domains.map((domain) => {
          const values = [...new Set(domain.answers.flatMap((answer) => answer.values))]
          return ` ${domain.name}: ${values.join(', ') || UNKNOWN}.`
        })}
      </p>
    </>
  )
}
