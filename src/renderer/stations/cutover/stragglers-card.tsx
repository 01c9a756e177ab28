import type { Run } from '../../../shared/runbook'
import { Age } from '../../parts/age'
import { Card } from '../../parts/card'
import { formatCount, UNKNOWN } from '../../parts/format'
import { ServerText } from '../../parts/server-text'
import { Table } from '../../parts/table'
import { useMove } from '../../state/open-move'
import { type End, endName } from './ends'
import { stragglersOf } from './redirect-rows'

/** Who still speaks to the sealed server: refused, not lost. */
export function StragglersCard({ run, from }: { run: Run; from: End }) {
  const { move, topology } = useMove()
  const left = stragglersOf(move, topology, from)
  const step = run.steps.find((known) => known.id === 'stragglers')
  return (
    <Card
      title={`Stragglers on ${endName(from)}`}
      sub={`refused, not lost: ${from.site} is sealed`}
      aside={left ? <Age at={left.at} ago /> : 'not asked yet'}
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
            : (step?.progress?.text ?? step?.evidence ?? 'Nobody speaks to it any more.')}
        </p>
      </div>
      {left && left.rows.length > 0 && (
        <Table
          label="Connections that are left"
          rows={left.rows}
          rowKey={(row) => `${row.user}@${row.address}`}
          columns={[
            {
              id: 'who',
              head: 'Account',
              mono: true,
              fill: true,
              cell: (row) => <ServerText>{`${row.user}@${row.address}`}</ServerText>
            },
            { id: 'host', head: 'Host', cell: (row) => row.host ?? <span className="t3">not in this move</span> },
            { id: 'count', head: 'Connections', right: true, cell: (row) => formatCount(row.count) }
          ]}
        />
      )}
    </Card>
  )
}
