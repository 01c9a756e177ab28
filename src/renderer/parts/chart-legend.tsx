import type { ReactNode } from 'react'

/** Names the lines of a chart beside its title, with the last value. */
export function ChartLegend({ items }: { items: readonly LegendItem[] }) {
  return (
    <span className="legend">
      {items.map((item) => (
        <span key={item.label}>
          <svg viewBox="0 0 14 8" aria-hidden="true">
            <path
              d="M0 4h14"
              stroke={`var(--${item.tone})`}
              strokeWidth="1.5"
              strokeDasharray={item.dashed ? '4 2' : undefined}
            />
          </svg>
          {item.label}
          {item.value !== undefined && <b>{item.value}</b>}
        </span>
      ))}
    </span>
  )
}

/** One line of a legend. */
export type LegendItem = { label: string; tone: string; dashed?: boolean; value?: ReactNode }
