import type { Run, StepRun } from '../../../shared/runbook'
import { formatClock, formatDuration } from '../../parts/format'
import { ServerText } from '../../parts/server-text'

const toneOf = (step: StepRun): string => (step.pointOfNoReturn ? 'dan' : step.id === 'observe' ? 'ok' : '')

/** The steps up to the promotion to scale, the pause shaded; then what followed at leisure. */
export function PaperTimeline({ run }: { run: Run }) {
  const observed = run.steps.findIndex((step) => step.id === 'observe')
  const before = run.steps
    .slice(0, observed < 0 ? run.steps.length : observed + 1)
    .filter((step) => step.startedAt !== null)
  const after = observed < 0 ? [] : run.steps.slice(observed + 1).filter((step) => step.startedAt !== null)
  const { holdAt, openAt, holdMs } = run.pause
  const from = Math.min(...before.map((step) => step.startedAt ?? 0))
  const to = Math.max(from + 1, openAt ?? 0, ...before.map((step) => step.endedAt ?? step.startedAt ?? 0))
  const share = (at: number) => `${Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100))}%`
  const width = (a: number, b: number) => `${Math.max(0.4, ((b - a) / (to - from)) * 100)}%`
  const holdBegun = run.steps.find((step) => step.id === 'hold')?.startedAt ?? null
  const held = (step: StepRun) => holdBegun !== null && step.startedAt !== null && step.startedAt >= holdBegun
  if (before.length === 0) return <p className="s12 t2">No step was begun.</p>
  return (
    <>
      <ol className="tl-rows">
        {before.map((step) => (
          <li key={step.id}>
            <span className="m11 num">{formatClock(step.startedAt, true)}</span>
            <span>{step.title}</span>
            <span className="m11 t2 el">{step.server}</span>
            <span className="tl-lane" aria-hidden="true">
              {holdAt !== null && <u style={{ left: share(holdAt), width: width(holdAt, openAt ?? to) }} />}
              {step.startedAt !== null && (
                <i
                  className={toneOf(step) || (held(step) ? 'att' : '')}
                  style={{ left: share(step.startedAt), width: width(step.startedAt, step.endedAt ?? step.startedAt) }}
                />
              )}
            </span>
            <span className="num r">{step.ms === null ? '' : formatDuration(step.ms)}</span>
          </li>
        ))}
      </ol>
      <p className="s11 t2 r">
        {holdMs === null ? '' : `shaded: writes waited ${formatDuration(holdMs)}. `}Bars to scale,{' '}
        {formatDuration(to - from)} in all
      </p>
      {after.length > 0 && (
        <table className="t24">
          <thead>
            <tr>
              <th>UTC</th>
              <th>After, at leisure</th>
              <th>Seen</th>
              <th className="r">Took</th>
            </tr>
          </thead>
          <tbody>
            {after.map((step) => (
              <tr key={step.id}>
                <td className="m11">{formatClock(step.startedAt, true)}</td>
                <td>{step.title}</td>
                <td className="wraps t2">
                  <ServerText cap={1000}>{step.evidence ?? step.failure?.what ?? ''}</ServerText>
                </td>
                <td className="r">{step.ms === null ? '' : formatDuration(step.ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
