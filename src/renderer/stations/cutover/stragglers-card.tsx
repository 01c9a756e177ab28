import { useEffect } from 'react'
import type { Run } from '../../../shared/runbook'
import { Age } from '../../parts/age'
import { Card } from '../../parts/card'
import { formatCount, UNKNOWN } from '../../parts/format'
import { ServerText } from '../../parts/server-text'
import { Table } from '../../parts/table'
import { useMove } from '../../state/open-move'
import { type End, endName } from './ends'
import { type Straggler, type Stragglers, stragglersOf, withSeenBefore } from './stragglers'

/** Seen in this window since the switch, by run: the list outlives a look at another station. */
const seenBefore = new Map<string, Straggler[]>()

const useStragglers = (run: Run, from: End): Stragglers | null => {
  const { move, topology } = useMove()
  const now = stragglersOf(move, topology, from)
  const all = now && withSeenBefore(now, seenBefore.get(run.id) ?? [])
  useEffect(() => {
    if (all) seenBefore.set(run.id, all.rows)
  })
  return all
}

/** Who still speaks to the sealed server: refused, not lost. */
export function StragglersCard({ run, from }: { run: Run; from: End }) {
  const left = useStragglers(run, from)
  const step = run.steps.find((known) => known.id === 'stragglers')
  return (
    <Card
      title={`Stragglers on ${endName(from)}`}
      sub={`refused, not lost: ${from.site} is sealed`}
      aside={left ? <Age at={left.at} ago prefix="looked" staleAfterMs={10_000} /> : 'not asked yet'}
      flush
    >
      <div className="strag">
        <div className="big">
          {left ? formatCount(left.total) : UNKNOWN}
          <small>left</small>
        </div>
        <p className="s12 t2">
          {left && left.total > 0
            ? 'Each is somebody who has not been told yet. They are ended when you say so.'
            : (step?.progress?.text ?? step?.evidence ?? 'Nobody is connected to it at this look.')}
        </p>
      </div>
      {left && left.rows.length > 0 && (
        <Table
          label="Connections that are or were left"
          rows={left.rows}
          rowKey={(row) => `${row.user}@${row.address}`}
          columns={[
            {
              id: 'host',
              head: 'Host',
              cell: (row) => row.host ?? <span className="t3">not in this move</span>
            },
            {
              id: 'who',
              head: 'Account',
              mono: true,
              fill: true,
              cell: (row) => <ServerText>{`${row.user}@${row.address}`}</ServerText>
            },
            {
              id: 'count',
              head: 'Connections',
              right: true,
              cell: (row) => (row.count > 0 ? formatCount(row.count) : <span className="t3">left</span>)
            },
            { id: 'seen', head: 'Last seen', right: true, cell: (row) => <Age at={row.seenAt} ago /> }
          ]}
        />
      )}
      <p className="card-foot s12 t2">
        Looked at once a second: a connection that is shorter may not be seen here. Visitors whom the old web servers
        still serve are not stragglers; DNS tells who may send them.
      </p>
    </Card>
  )
}
