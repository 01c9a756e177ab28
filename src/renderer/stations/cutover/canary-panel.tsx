import { Button } from '../../parts/button'
import { formatCount } from '../../parts/format'
import { useMove } from '../../state/open-move'
import { canaryKey, startCanary, stopCanary, useBusy } from '../../state/runs'
import { CanaryChart } from './canary-chart'

/** Starts or stops the canary orders by hand; a rehearsal and a cutover start them by themselves. */
export function CanarySwitch() {
  const { canary } = useMove()
  const busy = useBusy(canaryKey) !== null
  return canary.kind === 'running' ? (
    <Button
      icon="stop"
      busy={busy && 'Counting on both servers'}
      onPress={() => void stopCanary()}
      title="Stops sending and counts the orders on both servers"
    >
      Stop canary
    </Button>
  ) : (
    <Button
      icon="play"
      busy={busy && 'Starting'}
      onPress={() => void startCanary()}
      title="Rows through the shop’s path, each recorded before it is sent and when it is acknowledged"
    >
      Start canary
    </Button>
  )
}

/** Canary orders as they come: counts in words and the chart. */
export function CanaryPanel({ now, hold }: { now: number; hold: { from: number; to: number | null } | null }) {
  const { canary, move } = useMove()
  const names = canary.hosts.map(
    (id) => [...move.old.servers, ...move.new.servers].find((server) => server.id === id)?.name ?? id
  )
  return (
    <section className="cut-sec" aria-label="Canary orders">
      <div className="cut-sec-h">
        <h2>Canary orders, through the shop’s path</h2>
        <span className="s12 t2 num el">
          {canary.kind === 'running' || canary.sent > 0
            ? `${formatCount(canary.sent)} sent, ${formatCount(canary.acknowledged)} acknowledged, ${formatCount(canary.waiting)} waiting, ${formatCount(canary.failed)} failed${names.length ? `, from ${names.join(' and ')}` : ''}`
            : ''}
        </span>
      </div>
      {canary.kind === 'running' || canary.slots.length > 0 ? (
        <CanaryChart canary={canary} now={now} hold={hold} />
      ) : (
        <p className="s12 t2">
          No canary order travels: the write pause is measured on the servers only, not as a visitor would see it.
        </p>
      )}
    </section>
  )
}
