import type { BridgeUser } from '../../../shared/retired'
import { Card } from '../../parts/card'
import { Checkbox } from '../../parts/checkbox'
import { formatCount, formatDuration, UNKNOWN } from '../../parts/format'
import { ServerText } from '../../parts/server-text'
import { Table } from '../../parts/table'

const silence = ({ idleSeconds }: BridgeUser): string =>
  idleSeconds === null ? UNKNOWN : idleSeconds < 1 ? 'in use now' : `silent for ${formatDuration(idleSeconds * 1000)}`

/** Hosts that would lose their database with the bridge, and the word that they are retired: without one of the two, Finish waits. */
export function BehindBridge({ users, retired, database, onChange }: BehindBridgeProps) {
  const toggle = (id: string, on: boolean) =>
    onChange(on ? [...retired, id].sort() : retired.filter((known) => known !== id))
  return (
    <Card title="Who still uses the bridge" sub={`their database is ${database}`} flush>
      <Table
        label="Hosts behind the bridge"
        rows={users}
        rowKey={(user) => user.id}
        columns={[
          { id: 'host', head: 'Host', fill: true, cell: (user) => <ServerText>{user.name}</ServerText> },
          { id: 'count', head: 'Connections', right: true, cell: (user) => formatCount(user.connections) },
          { id: 'idle', head: 'Last used', right: true, cell: silence },
          {
            id: 'retired',
            head: 'Cut off',
            cell: (user) => (
              <Checkbox checked={retired.includes(user.id)} onChange={(on) => toggle(user.id, on)}>
                it is retired
              </Checkbox>
            )
          }
        ]}
      />
      <p className="card-foot s12 t2">
        Stop the applications of a host, or give them another way to {database}: it leaves this list by itself. A host
        that you call retired loses its database when the bridge is taken down; an order it takes then fails.
      </p>
    </Card>
  )
}

/** What `BehindBridge` is told; `retired` are ids. */
export type BehindBridgeProps = {
  users: readonly BridgeUser[]
  retired: readonly string[]
  database: string
  onChange: (retired: string[]) => void
}
