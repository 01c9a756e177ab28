import { useRef } from 'react'
import { formatDuration, formatLimit, formatPercent } from './format'
import { useWidth } from './hooks/use-width'

/** The pause so far against its budget: rehearsed pause, where the hold lets go by itself (70 %), and the end. */
export function BudgetBar({ elapsedMs, budgetMs, rehearsedMs, letGoShare = 0.7 }: BudgetBarProps) {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const share = (ms: number) => Math.min(1, Math.max(0, ms / budgetMs))
  const letGo = share(budgetMs * letGoShare)
  const used = share(elapsedMs)
  const over = elapsedMs >= budgetMs * letGoShare
  const rehearsed = rehearsedMs === null ? null : share(rehearsedMs)
  // The words of two marks that would overlap: the elapsed pause wins over the rehearsed one.
  const showRehearsed = rehearsed !== null && (used < 0.02 || used * width > 136)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native meter cannot hold marks
    <div
      ref={box}
      className={over ? 'budget over' : 'budget'}
      role="meter"
      aria-label="Write pause"
      aria-valuemin={0}
      aria-valuemax={budgetMs}
      aria-valuenow={Math.min(elapsedMs, budgetMs)}
      aria-valuetext={`${formatDuration(elapsedMs)} of ${formatDuration(budgetMs)}, lets go by itself at ${formatPercent(letGoShare)}`}
    >
      <div className="track">
        <div className="rest" style={{ left: percent(letGo) }} />
        <div className="used" style={{ width: percent(used) }} />
        {rehearsed !== null && <div className="tick" style={{ left: percent(rehearsed) }} />}
        <div className="tick" style={{ left: percent(letGo) }} />
      </div>
      <div className="marks" aria-hidden="true">
        {showRehearsed && rehearsedMs !== null && (
          <span className="first">{formatDuration(rehearsedMs)} rehearsed</span>
        )}
        {used >= 0.02 && (letGo - used) * width > 104 && (
          <span
            className={used * width < 32 ? 'now first' : 'now'}
            style={used * width < 32 ? undefined : { left: percent(used) }}
          >
            {formatDuration(elapsedMs)}
          </span>
        )}
        <span className="let" style={{ left: percent(letGo) }}>
          {formatLimit(budgetMs * letGoShare)}, lets go by itself
        </span>
        <span className="last">{formatLimit(budgetMs)} budget</span>
      </div>
    </div>
  )
}

function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`
}

/** What a `BudgetBar` is told. */
export type BudgetBarProps = { elapsedMs: number; budgetMs: number; rehearsedMs: number | null; letGoShare?: number }
