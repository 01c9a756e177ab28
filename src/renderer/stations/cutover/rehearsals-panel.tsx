import type { Run } from '../../../shared/runbook'
import { Age } from '../../parts/age'
import { formatDuration, formatMoment } from '../../parts/format'
import { Section } from '../../parts/section'

const parts: [string, string][] = [
  ['hold', 'hold'],
  ['catch-up', 'catch up'],
  ['verify', 'verify'],
  ['let-go', 'let go']
]

/** The pauses measured by rehearsals: what of the last one went where, and all of them beside each other. */
export function RehearsalsPanel({ rehearsals, budgetMs }: { rehearsals: readonly Run[]; budgetMs: number }) {
  const last = rehearsals.at(-1)
  if (!last)
    return (
      <Section title="Rehearsals" small={false}>
        <p className="s12 t2">
          None yet. A rehearsal holds writes for a moment on the living site, measures how long the other server needs,
          and lets go. Nothing is switched.
        </p>
      </Section>
    )
  const shown = rehearsals.slice(-5)
  const top = Math.max(...shown.map((run) => run.pause.holdMs ?? 0))
  const of = parts.flatMap(([id, word]) => {
    const ms = last.steps.find((step) => step.id === id)?.ms
    return ms == null ? [] : [`${word} ${formatDuration(ms)}`]
  })
  return (
    <Section
      title={`Rehearsal ${rehearsals.length}`}
      small={false}
      sub="on the living site, nothing changed"
      aside={<Age at={last.endedAt} ago />}
    >
      <ol className="reh-bars" aria-label="Write pause of the last rehearsals">
        {shown.map((run) => {
          const ms = run.pause.holdMs ?? 0
          const over = ms > budgetMs
          return (
            <li key={run.id} className={run === last ? 'last' : undefined} title={formatMoment(run.pause.holdAt)}>
              <span className="t3">{run === last ? 'last' : <Age at={run.endedAt} />}</span>
              <span className="bar">
                <i
                  style={{ width: `${top ? Math.max(2, (ms / top) * 100) : 0}%` }}
                  className={over ? 'over' : undefined}
                />
              </span>
              <b>{formatDuration(ms)}</b>
              <span className="t2">
                {run.pause.canaryGapMs === null ? '' : `${formatDuration(run.pause.canaryGapMs)} seen by canary`}
              </span>
            </li>
          )
        })}
      </ol>
      {of.length > 0 && (
        <p className="s12 t2 num">
          Its steps took: {of.join(', ')}. The pause begins within the first and ends within the last.
        </p>
      )}
    </Section>
  )
}
