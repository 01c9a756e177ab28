import type { OpenMove } from '../../../shared/contract'
import type { LinkState, TopologyLink } from '../../../shared/topology'
import { Age } from '../../parts/age'
import { Card } from '../../parts/card'
import { formatLag } from '../../parts/format'
import { HalfDisc } from '../../parts/half-disc'
import { Status } from '../../parts/status'
import type { StatusKind } from '../../parts/status-kind'
import { Table } from '../../parts/table'
import { serverName, sideOf } from '../runbook/names'

export const linkStates: Record<LinkState, { status: StatusKind; word: string }> = {
  running: { status: 'ok', word: 'running' },
  lagging: { status: 'attention', word: 'late' },
  connecting: { status: 'attention', word: 'connecting' },
  stopped: { status: 'danger', word: 'stopped' },
  broken: { status: 'danger', word: 'broken' }
}

/** All links of both sites, those between the sites first; the chosen one shows its facts below. */
export function LinksCard({ open, selected, onSelect }: LinksCardProps) {
  const { move, topology } = open
  if (!topology) return null
  const rows = [...topology.links].sort((a, b) => Number(b.crossesSites) - Number(a.crossesSites))
  const limit = move.thresholds.lagLimitSeconds
  return (
    <Card title="Links" flush aside={<Age at={topology.at} ago staleAfterMs={60_000} />}>
      <Table<TopologyLink>
        label="Links"
        rows={rows}
        rowKey={(link) => link.id}
        selected={selected ?? ''}
        onSelect={onSelect}
        empty="Nobody follows anybody yet."
        columns={[
          {
            id: 'link',
            head: 'Source → replica',
            fill: true,
            cell: (link) => (
              <span className="row g6" title={`${serverName(move, link.source)} → ${serverName(move, link.replica)}`}>
                <HalfDisc side={sideOf(move, link.source) ?? 'old'} size={12} />
                <span className="m el">
                  {serverName(move, link.source)} → {serverName(move, link.replica)}
                </span>
              </span>
            )
          },
          {
            id: 'state',
            head: 'State',
            cell: (link) => {
              const error = link.status.applierError ?? link.status.receiverError
              return (
                <Status status={linkStates[link.state].status}>
                  {linkStates[link.state].word}
                  {error ? `, ${error.code}` : ''}
                </Status>
              )
            }
          },
          {
            id: 'lag',
            head: 'Lag',
            right: true,
            cell: (link) => (
              <span className={link.lagSeconds === null ? 't3' : link.lagSeconds > limit ? 'c-dan' : undefined}>
                {formatLag(link.lagSeconds === null ? null : Math.max(0, link.lagSeconds))}
              </span>
            )
          }
        ]}
      />
    </Card>
  )
}

/** What a `LinksCard` is told. */
export type LinksCardProps = { open: OpenMove; selected: string | undefined; onSelect: (id: string) => void }
