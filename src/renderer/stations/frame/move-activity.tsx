import { ActivityBar } from '../../parts/activity-bar'
import { ActivityItem } from '../../parts/activity-item'
import { Age } from '../../parts/age'
import { formatClock } from '../../parts/format'
import { useNow } from '../../parts/hooks/use-now'
import { Kbd } from '../../parts/kbd'
import { StatusIcon } from '../../parts/status-icon'
import { useMove, useOpenMove } from '../../state/open-move'
import { openStation, togglePalette } from '../../state/shell'

const Running = () => <StatusIcon status="running" size={12} />

function Work() {
  const { runs, drift, canary } = useMove()
  const live = runs.filter((run) => ['running', 'waiting', 'aborting'].includes(run.state.kind))
  return (
    <>
      {live.map((run) => (
        <ActivityItem
          key={run.id}
          icon={<Running />}
          onPress={() => openStation(['cutover', 'reverse', 'rehearsal'].includes(run.kind) ? 'cutover' : 'replicate')}
        >
          {run.title}:{' '}
          {run.state.kind === 'waiting'
            ? 'waits for you'
            : (run.steps.find((step) => step.state === 'running')?.title ?? run.state.kind)}
        </ActivityItem>
      ))}
      {drift.kind === 'running' && (
        <ActivityItem
          icon={<Running />}
          share={drift.progress.totalRows ? drift.progress.doneRows / drift.progress.totalRows : 0}
          onPress={() => openStation('drift')}
        >
          {`drift: ${drift.progress.doneTables} of ${drift.progress.totalTables} tables`}
        </ActivityItem>
      )}
      {canary.kind === 'running' && (
        <ActivityItem icon={<Running />} onPress={() => openStation('cutover')}>
          canary: {canary.perSecond} orders/s
        </ActivityItem>
      )}
    </>
  )
}

/** Sessions and running work on the left; saving, clock and palette on the right. */
export function MoveActivity() {
  const { journal, savedAt } = useMove()
  const sessions = useOpenMove((store) => (store.state.kind === 'open' ? store.state.sessions : 0))
  const saveFailure = useOpenMove((store) => store.saveFailure)
  const now = useNow()
  return (
    <ActivityBar
      left={
        <>
          <ActivityItem icon="database">{sessions} sessions open</ActivityItem>
          <Work />
        </>
      }
      right={
        <>
          {saveFailure && (
            <ActivityItem
              icon={<StatusIcon status="danger" size={12} />}
              title={[saveFailure.what, saveFailure.why].join(' ')}
            >
              not saved: {saveFailure.what}
            </ActivityItem>
          )}
          <ActivityItem
            icon={journal.problem ? <StatusIcon status="danger" size={12} /> : 'document'}
            title={journal.problem ?? undefined}
          >
            {journal.problem
              ? 'journal damaged'
              : `journal ${journal.entries} ${journal.entries === 1 ? 'entry' : 'entries'}, saved `}
            {!journal.problem && <Age at={journal.savedAt ?? savedAt} />}
          </ActivityItem>
          <ActivityItem>{formatClock(now)}</ActivityItem>
          <ActivityItem onPress={() => togglePalette(true)} after={<Kbd keys={['Ctrl', 'K']} />}>
            commands
          </ActivityItem>
        </>
      }
    />
  )
}
