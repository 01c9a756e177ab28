import type { BridgeState } from '../../../shared/topology'
import { Age } from '../../parts/age'
import { Button } from '../../parts/button'
import { Card } from '../../parts/card'
import { durationParts, formatDuration, UNKNOWN } from '../../parts/format'
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

/** The bridge in one card: state, since when, round trip, who keeps it alive. */
export function BridgeFacts({ bridge, actions = false }: { bridge: BridgeState; actions?: boolean }) {
  const now = useNow()
  const { status, word } = words[bridge.kind]
  const roundTrip = durationParts(bridge.roundTripMs)
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
        <Stat label="Round trip" value={roundTrip.value} unit={roundTrip.unit} under="server to server, through it" />
        <Stat
          label={bridge.kind === 'up' ? 'Up for' : 'State'}
          value={bridge.kind === 'up' && bridge.since !== null ? formatDuration(Math.max(0, now - bridge.since)) : word}
          under={bridge.kind === 'up' ? 'since its ssh was started' : 'as it was last seen'}
        />
        <Stat
          label="Kept alive by"
          value={bridge.supervisor === 'systemd' ? 'systemd' : bridge.supervisor === 'process' ? 'a process' : UNKNOWN}
          under={bridge.supervisor === 'process' ? 'a restart of the host ends it' : 'restarts with the host'}
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
