import type { OpenMove } from '../../../shared/contract'
import type { TopologyNode } from '../../../shared/topology'
import { Age } from '../../parts/age'
import { Card } from '../../parts/card'
import { formatRate } from '../../parts/format'
import { HalfDisc } from '../../parts/half-disc'
import { RoleBadge } from '../../parts/role-badge'
import { Sparkline } from '../../parts/sparkline'
import { serverName } from '../runbook/names'

/** Writes per second of each database server over the last minute: what is written on one side is applied on the other. */
export function WritesCard({ open }: { open: OpenMove }) {
  const { topology, move } = open
  const nodes = topology?.nodes.filter((node) => node.survey !== null) ?? []
  if (!topology || nodes.length === 0) return null
  return (
    <Card
      title="Writes"
      sub="last minute; a replica’s writes are what it applies"
      flush
      aside={<Age at={topology.at} ago staleAfterMs={60_000} />}
    >
      <ul className="watch-writes">
        {nodes.map((node) => (
          <Line
            key={node.server}
            node={node}
            name={serverName(move, node.server)}
            writes={topology.writable.includes(node.server)}
          />
        ))}
      </ul>
    </Card>
  )
}

function Line({ node, name, writes }: { node: TopologyNode; name: string; writes: boolean }) {
  const last = node.writesPerSecond.at(-1) ?? null
  return (
    <li>
      <HalfDisc side={node.side} size={12} />
      <span className="m nw">{name}</span>
      <RoleBadge state={writes ? 'takes-writes' : 'read-only'} side={node.side} />
      <span className="watch-spark">
        <Sparkline
          values={node.writesPerSecond}
          width={240}
          label={`writes per second of ${name} over the last minute`}
          tone={node.side}
        />
      </span>
      <b className="num r nw">{formatRate(last)}</b>
    </li>
  )
}
