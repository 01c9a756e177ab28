import { useRef } from 'react'
import type { Run } from '../../../shared/runbook'
import { formatCount, formatDuration } from '../../parts/format'
import { ProgressBar } from '../../parts/progress-bar'
import { ServerText } from '../../parts/server-text'
import { type End, endName } from './ends'

/** What the other server must have reached before anything is thrown, and how far it is. */
export function CatchUpPanel({ run, from, to }: { run: Run; from: End; to: End }) {
  const step = run.steps.find((known) => known.id === 'catch-up')
  const most = useRef(0)
  const left = step?.progress?.total ?? null
  most.current = Math.max(most.current, left ?? 0)
  const position = run.facts.position
  const done = step?.state === 'done'
  if (!step || !position) return null
  const share = done ? 1 : left === null || most.current === 0 ? null : 1 - left / most.current
  return (
    <section className="cut-sec" aria-label="Catch up">
      <div className="cut-sec-h">
        <h2>Catch up</h2>
        <span className="s12 t2 el">
          {endName(to)} applies what {from.site} wrote before the hold
        </span>
      </div>
      <ProgressBar share={share} tone={to.side} label={`Catch up of ${endName(to)}`} />
      <dl className="reach">
        <dt>Must reach</dt>
        <dd className="m sel-text">
          <ServerText cap={2000}>{position}</ServerText>
        </dd>
        <dd className="t2">read under the hold</dd>
        <dt>{done ? 'Reached' : 'Left'}</dt>
        <dd>
          {done ? (
            <ServerText>{step.evidence ?? 'reached'}</ServerText>
          ) : left === null ? (
            'not known yet'
          ) : (
            <b className="num">{formatCount(left)} transactions</b>
          )}
        </dd>
        <dd className="t2 num">{done && step.ms !== null ? formatDuration(step.ms) : ''}</dd>
      </dl>
    </section>
  )
}
