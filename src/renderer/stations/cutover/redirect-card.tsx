import type { Run } from '../../../shared/runbook'
import { Age } from '../../parts/age'
import { Card } from '../../parts/card'
import { formatCount, UNKNOWN } from '../../parts/format'
import { Icon } from '../../parts/icon'
import { Note } from '../../parts/note'
import { ServerText } from '../../parts/server-text'
import { Status } from '../../parts/status'
import { Table } from '../../parts/table'
import { useMove } from '../../state/open-move'
import { type End, endName } from './ends'
import { redirectRows } from './redirect-rows'

const counted = (value: number | null): string => (value === null ? UNKNOWN : formatCount(value))

/** Application hosts: how each was told, and its connections on the database it left and on the one it uses now. */
export function RedirectCard({ run, from, to }: { run: Run; from: End; to: End }) {
  const { move, topology } = useMove()
  const rows = redirectRows(move, run, topology, from, to)
  const through = to.server ? (topology?.throughBridge?.[to.server.id] ?? 0) : 0
  const step = run.steps.find((known) => known.id === 'redirect')
  const arrived = rows.filter((row) => row.status === 'ok').length
  return (
    <Card
      title="Redirect"
      sub={`${arrived} of ${rows.length} hosts use ${to.site}’s database`}
      aside={topology ? <Age at={topology.at} ago prefix="asked" /> : 'not asked yet'}
      flush
    >
      <Table
        label="Application hosts"
        rows={rows}
        rowKey={(row) => row.server.id}
        empty="This move has no application host: nobody is told by Siteswap."
        columns={[
          {
            id: 'host',
            head: 'Host',
            cell: (row) => (
              <span className="row g6">
                <Icon name={row.server.kind === 'web' ? 'web' : 'worker'} />
                <span className="m">{row.server.name}</span>
              </span>
            )
          },
          { id: 'told', head: 'Told by', fill: true, cell: (row) => row.toldBy },
          { id: 'from', head: `On ${endName(from)}`, right: true, cell: (row) => counted(row.onFrom) },
          {
            id: 'to',
            head: `On ${endName(to)}`,
            right: true,
            cell: (row) =>
              row.onTo === 0 && through > 0 && row.side === from.side ? (
                <span className="t2">by the bridge</span>
              ) : (
                <b>{counted(row.onTo)}</b>
              )
          },
          { id: 'state', head: 'State', cell: (row) => <Status status={row.status}>{row.word}</Status> },
          { id: 'age', head: 'Age', right: true, cell: (row) => <Age at={row.at} /> }
        ]}
      />
      {(through > 0 || step?.evidence) && (
        <p className="card-foot s12 t2">
          {through > 0 &&
            `${formatCount(through)} more connections reach ${endName(to)} through the bridge, where hosts cannot be told apart. `}
          {step?.evidence && (
            <>
              Seen at the switch: <ServerText cap={600}>{step.evidence}</ServerText>.
            </>
          )}
        </p>
      )}
      {step?.state === 'failed' && step.failure && (
        <div className="card-foot">
          <Note tone="dan" title={step.failure.what}>
            {step.failure.where}
          </Note>
        </div>
      )}
    </Card>
  )
}
