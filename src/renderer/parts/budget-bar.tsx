import { useRef } from 'react'
import { type BudgetMark, placeMarks } from './budget-marks'
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
  // The large digits beside it say the elapsed pause too: its mark is the first to go without words.
  const marks: BudgetMark[] = [
    { id: 'let', at: letGo, words: `${formatLimit(budgetMs * letGoShare)}, lets go by itself` },
    { id: 'last', at: 1, words: `${formatLimit(budgetMs)} budget` }
  ]
  if (rehearsed !== null)
    marks.push({ id: 'rehearsed', at: rehearsed, words: `${formatDuration(rehearsedMs)} rehearsed` })
  if (used >= 0.02) marks.push({ id: 'now', at: used, words: formatDuration(elapsedMs) })
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
      <div className="scale-words" aria-hidden="true">
        {placeMarks(marks, width).map(({ id, left, width, words }) => (
          <span key={id} className={id} style={{ left, width }}>
            {words}
          </span>
        ))}
      </div>
    </div>
  )
}

function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`
}

/** What a `BudgetBar` is told. */
export type BudgetBarProps = { elapsedMs: number; budgetMs: number; rehearsedMs: number | null; letGoShare?: number }
