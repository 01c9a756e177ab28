import type { Run } from '../../../shared/runbook'
import { Age } from '../../parts/age'
import { durationParts, formatCount, formatLimit, UNKNOWN } from '../../parts/format'
import { Stat } from '../../parts/stat'
import { StatRow } from '../../parts/stat-row'
import { useMove } from '../../state/open-move'
import type { End } from './ends'

/** What to expect of the switch, each with where it comes from and its age. */
export function PlanStats({ from, to, rehearsals }: { from: End; to: End; rehearsals: readonly Run[] }) {
  const { move, topology, canary } = useMove()
  const { pauseBudgetMs, letGoAt, leaseSeconds, lagLimitSeconds } = move.thresholds
  const last = rehearsals.at(-1)
  const expected = durationParts(last?.pause.holdMs)
  const budget = formatLimit(pauseBudgetMs).split('\u00a0')
  const link = topology?.links.find((known) => known.source === from.server?.id && known.replica === to.server?.id)
  const lag = durationParts(link?.lagSeconds == null ? null : link.lagSeconds * 1000)
  const late = link?.lagSeconds != null && link.lagSeconds > lagLimitSeconds
  const over = last?.pause.holdMs != null && last.pause.holdMs > pauseBudgetMs
  return (
    <StatRow>
      <Stat
        label="Write pause to expect"
        value={last ? expected.value : UNKNOWN}
        unit={expected.unit}
        tone={over ? 'dan' : undefined}
        under={
          last ? (
            <>
              {rehearsals.length} rehearsal{rehearsals.length > 1 ? 's' : ''}, <Age at={last.endedAt} ago />
            </>
          ) : (
            'not rehearsed yet'
          )
        }
      />
      <Stat
        label="Pause budget"
        value={budget[0]}
        unit={budget[1]}
        under={`lets go by itself at ${formatLimit(pauseBudgetMs * letGoAt)}`}
      />
      <Stat
        label="Lag now"
        value={link ? lag.value : UNKNOWN}
        unit={lag.unit}
        tone={late ? 'att' : undefined}
        status={late ? 'attention' : undefined}
        under={
          link ? (
            <>
              heartbeat row, <Age at={link.at} staleAfterMs={10_000} ago />
            </>
          ) : (
            'no link between the two'
          )
        }
      />
      <Stat
        label="Canary orders"
        value={canary.kind === 'running' ? formatCount(canary.perSecond) : 'off'}
        unit={
          canary.kind === 'running'
            ? `/s from ${canary.hosts.length} host${canary.hosts.length === 1 ? '' : 's'}`
            : undefined
        }
        under={
          canary.kind === 'running'
            ? `${formatCount(canary.sent)} sent, ${formatCount(canary.acknowledged)} acknowledged`
            : `${move.canary.perSecond}/s start with the run`
        }
      />
      <Stat
        label="If this computer dies"
        value={`≤ ${leaseSeconds}`}
        unit="s"
        under="the lease ends, the shop goes on"
      />
    </StatRow>
  )
}
