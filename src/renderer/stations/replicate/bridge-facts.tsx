import type { BridgeState } from '../../../shared/topology'
import { Age } from '../../parts/age'
import { Button } from '../../parts/button'
import { Card } from '../../parts/card'
import { durationParts, formatByteRate, formatDuration, UNKNOWN } from '../../parts/format'
import { useNow } from '../../parts/hooks/use-now'
import { ServerText } from '../../parts/server-text'
import { Stat } from '../../parts/stat'
import { StatRow } from '../../parts/stat-row'
import { Status } from '../../parts/status'
import type { StatusKind } from '../../parts/status-kind'
import { restartBridge, useReplicate } from '../../state/replicate'

const words: Record<BridgeState['kind'], { status: StatusKind; word: string }> = {
  up: { status: 'ok', word: 'up' },
  down: { status: 'danger', word: 'down' },
  absent: { status: 'todo', word: 'not built' },
  unknown: { status: 'unknown', word: UNKNOWN }
}

/** The bridge in one card: state, since when, round trip, what it carries, who keeps it alive. */
export function BridgeFacts({ bridge, actions = false }: { bridge: BridgeState; actions?: boolean }) {
  const now = useNow()
  const { status, word } = words[bridge.kind]
  const roundTrip = durationParts(bridge.roundTripMs)
  const carries = carriesOf(bridge)
  return (
    <Card
      title="Bridge"
      danger={bridge.kind === 'down'}
      flush
      aside={
        <>
          <Status status={status}>{word}</Status>
          <Age at={bridge.at} ago staleAfterMs={60_000} />
          {actions && bridge.kind !== 'absent' && <RestartBridge />}
        </>
      }
    >
      <StatRow>
        <Stat label="Round trip" value={roundTrip.value} unit={roundTrip.unit} under="server to server" />
        <Stat label="Carries" value={carries.value} under={carries.under} />
        <Stat
          label={bridge.kind === 'up' ? 'Up for' : 'State'}
          value={bridge.kind === 'up' && bridge.since !== null ? formatDuration(Math.max(0, now - bridge.since)) : word}
          under={bridge.kind === 'up' ? 'since its ssh started' : 'as it was last seen'}
        />
        <Stat
          label="Kept alive by"
          value={bridge.supervisor === 'systemd' ? 'systemd' : bridge.supervisor === 'process' ? 'a process' : UNKNOWN}
          under={bridge.supervisor === 'process' ? 'ends with its host' : 'restarts with the host'}
        />
      </StatRow>
      {bridge.detail && (
        <p className="replicate-detail sel-text">
          <ServerText mono cap={600}>
            {bridge.detail}
          </ServerText>
        </p>
      )}
    </Card>
  )
}

const carriesOf = ({ throughput }: BridgeState) =>
  throughput
    ? {
        value: formatByteRate(throughput.toNewPerSecond),
        under: `and ${formatByteRate(throughput.toOldPerSecond)} back`
      }
    : { value: UNKNOWN, under: 'after two looks at it' }

export function RestartBridge() {
  const restart = useReplicate((state) => state.restart)
  return (
    <Button
      icon="refresh"
      busy={restart.kind === 'restarting' && 'Restarting'}
      title="Links through it pause for a moment and go on by themselves"
      onPress={() => void restartBridge()}
    >
      Restart the bridge
    </Button>
  )
}
