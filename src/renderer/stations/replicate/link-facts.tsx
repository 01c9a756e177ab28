import type { Move } from '../../../shared/move'
import type { TopologyLink } from '../../../shared/topology'
import { Age } from '../../parts/age'
import { Card } from '../../parts/card'
import { formatDuration } from '../../parts/format'
import { KeyValues } from '../../parts/key-values'
import { ServerText } from '../../parts/server-text'
import { serverName } from '../runbook/names'

/** One link as its replica tells it. */
export function LinkFacts({ link, move }: { link: TopologyLink; move: Move }) {
  const { status } = link
  const text = (value: string) => (value === '' ? 'none' : <ServerText cap={1200}>{value}</ServerText>)
  return (
    <Card
      title={`${serverName(move, link.source)} → ${serverName(move, link.replica)}`}
      aside={<Age at={link.at} ago staleAfterMs={60_000} />}
    >
      <KeyValues
        keyWidth={112}
        items={[
          { key: 'Receiver', value: status.receiver },
          { key: 'Applier', value: status.applier },
          {
            key: 'Reads from',
            value: <ServerText>{`${status.sourceHost}:${status.sourcePort}`}</ServerText>,
            mono: true,
            wraps: true
          },
          {
            key: 'Channel',
            value: status.channel === '' ? 'the default one' : text(status.channel),
            mono: status.channel !== ''
          },
          { key: 'Position by', value: status.usesGtid ? 'GTID' : 'file and offset' },
          { key: 'Received', value: text(status.received), mono: true, wraps: true },
          { key: 'Applied', value: text(status.applied), mono: true, wraps: true },
          {
            key: 'Delay set',
            value: status.configuredDelaySeconds > 0 ? formatDuration(status.configuredDelaySeconds * 1000) : 'none'
          },
          {
            key: 'Filters',
            value: status.filters.length === 0 ? 'none' : text(status.filters.join('; ')),
            wraps: true
          },
          {
            key: 'Server says',
            value:
              status.secondsBehind === null
                ? 'behind unknown; not used'
                : `${status.secondsBehind} s behind; not used, heartbeats are`,
            wraps: true
          }
        ]}
      />
    </Card>
  )
}
