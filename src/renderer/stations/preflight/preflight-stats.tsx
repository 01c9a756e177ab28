import { Stat } from '../../parts/stat'
import { StatRow } from '../../parts/stat-row'
import type { FindingTally } from './finding-groups'

const many = (count: number, one: string): string => (count === 1 ? one : `${one}s`)

/** What the servers' answers came to, in five numbers. */
export function PreflightStats({ tally }: { tally: FindingTally }) {
  const { stops, warnings, waived, ok, unknown, notes } = tally
  return (
    <StatRow>
      <Stat
        value={stops}
        unit={many(stops, 'stop')}
        status={stops > 0 ? 'stop' : 'ok'}
        under={stops > 0 ? 'the cutover cannot start' : 'nothing stops the cutover'}
      />
      <Stat
        value={warnings}
        unit={many(warnings, 'warning')}
        status={warnings > 0 ? 'attention' : 'ok'}
        under={warnings > 0 ? 'read before you go on' : 'nothing to read'}
      />
      <Stat
        value={unknown}
        unit="not answered"
        status={unknown > 0 ? 'unknown' : 'ok'}
        under={unknown > 0 ? 'nothing is said about these' : 'every question was'}
      />
      <Stat
        value={waived}
        unit="waived"
        status={waived > 0 ? 'waived' : 'todo'}
        under={waived > 0 ? 'with a reason, in the report' : 'no finding set aside'}
      />
      <Stat
        value={ok}
        unit="ok"
        status="ok"
        under={notes > 0 ? `and ${notes} ${many(notes, 'note')}` : 'proved good'}
      />
    </StatRow>
  )
}
