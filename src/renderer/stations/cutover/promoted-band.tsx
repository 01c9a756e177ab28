import type { ReactNode } from 'react'
import type { Run } from '../../../shared/runbook'
import { Age } from '../../parts/age'
import { Band } from '../../parts/band'
import { formatClock, formatLag } from '../../parts/format'
import { StatusIcon } from '../../parts/status-icon'
import { useMove } from '../../state/open-move'
import { type End, endName } from './ends'

/** The other side takes writes: since when, and that the way back is open. */
export function PromotedBand({ run, from, to, actions }: { run: Run; from: End; to: End; actions: ReactNode }) {
  const { topology } = useMove()
  const since = run.pause.openAt
  const link = topology?.links.find((known) => known.source === to.server?.id && known.replica === from.server?.id)
  return (
    <Band
      tone="ok"
      icon={<StatusIcon status="ok" size={20} />}
      title={run.kind === 'reverse' ? `${to.site} takes writes again` : `${to.site} takes writes`}
      sub={
        <>
          {since !== null && (
            <>
              since {formatClock(since, true)} UTC, <Age at={since} ago />.{' '}
            </>
          )}
          {endName(from)} is sealed
          {link ? ` and follows, lag ${formatLag(link.lagSeconds)}` : ''}.
        </>
      }
      stop={<div className="row promoted-acts">{actions}</div>}
    />
  )
}
