import { type DriftPace, type DriftState, driftVerdict, isObjectDrift, tablesAmong } from '../../../shared/drift'
import { Age } from '../../parts/age'
import { formatClock, formatCount, formatDuration } from '../../parts/format'
import { useNow } from '../../parts/hooks/use-now'
import { Progress } from '../../parts/progress'
import { Stat } from '../../parts/stat'
import { StatRow } from '../../parts/stat-row'
import type { StatusKind } from '../../parts/status-kind'
import { countVerdicts } from './drift-words'

type Seen = Exclude<DriftState, { kind: 'never' }>

/** Why it goes slower than it could, in front of the numbers. */
const paceWords = (pace: DriftPace | undefined): string => (pace?.kind === 'gentle' ? `gentle, ${pace.why}: ` : '')

/** The work while it runs, its result when it has ended: always one line of numbers. */
export function DriftStrip({ state, staleAfterMs }: { state: Seen; staleAfterMs: number }) {
  const now = useNow()
  const { progress, tables } = state
  const counts = countVerdicts(tables)
  const telling = counts.differs + counts.inconclusive
  if (state.kind === 'running') {
    const share = progress.totalRows > 0 ? Math.min(0.999, progress.doneRows / progress.totalRows) : null
    return (
      <div className="drift-strip">
        <div className="drift-work">
          <Progress
            label="Comparison"
            share={share}
            tone="info"
            facts={
              progress.totalTables === 0
                ? 'reading the lists of tables'
                : `${paceWords(state.pace)}${progress.doneTables} of ${progress.totalTables} tables, ${formatCount(progress.doneRows)} of about ${formatCount(progress.totalRows)} rows`
            }
            eta={
              progress.etaSeconds === null ? (
                <span className="t3">ETA unknown</span>
              ) : (
                <b>ETA {formatDuration(progress.etaSeconds * 1000)}</b>
              )
            }
          />
        </div>
        <Stat label="Rows per second" value={formatCount(progress.rowsPerSecond)} />
        <Stat
          label="Found"
          value={telling}
          unit={telling === 1 ? 'table' : 'tables'}
          status={telling > 0 ? 'attention' : undefined}
        />
        <Stat label="Running for" value={formatDuration(Math.max(0, now - state.since))} />
      </div>
    )
  }
  const verdict = driftVerdict(state)
  const words: Record<typeof verdict, { status: StatusKind; word: string }> = {
    equal: { status: 'ok', word: 'equal' },
    differs: { status: 'danger', word: 'differs' },
    inconclusive: { status: 'inconclusive', word: 'inconclusive' },
    unknown: { status: 'unknown', word: 'unknown' }
  }
  const { status, word } = words[verdict]
  const objects = state.objects.filter(isObjectDrift).length
  return (
    <StatRow>
      <Stat
        value={word}
        status={status}
        under={
          <>
            <Age at={state.at} ago staleAfterMs={staleAfterMs} />, at {formatClock(state.at)} UTC
          </>
        }
      />
      <Stat
        value={counts.same}
        unit={`of ${tablesAmong(tables).length} same`}
        under={counts['left-out'] > 0 ? `${counts['left-out']} left out` : `${formatCount(progress.doneRows)} rows`}
      />
      <Stat
        value={counts.differs}
        unit={counts.differs === 1 ? 'table differs' : 'tables differ'}
        status={counts.differs > 0 ? 'danger' : undefined}
        under={counts.inconclusive > 0 ? `${counts.inconclusive} inconclusive` : 'none inconclusive'}
      />
      <Stat
        value={objects}
        unit={objects === 1 ? 'object differs' : 'objects differ'}
        status={objects > 0 ? 'attention' : undefined}
        under="see the second tab"
      />
      <Stat value={formatDuration(state.at - state.since)} under="it took" />
    </StatRow>
  )
}
