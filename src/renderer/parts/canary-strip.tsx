import type { CanaryOrder } from './canary-bins'
import { formatClock, formatDuration } from './format'

const HEIGHT = 44

/** The hold drawn large: each order is a stroke at the moment it was acknowledged, its line begins when it was sent. */
export function CanaryStrip({ orders, waiting, hold, now, span, width, left }: CanaryStripProps) {
  const plot = Math.max(1, width - left - 8)
  const x = (at: number) => left + ((at - span.from) / (span.to - span.from)) * plot
  const inside = orders.filter((order) => order.at >= span.from && order.at - order.tookMs <= span.to)
  const holdTo = hold.to ?? now
  const longest = Math.max(0, ...inside.map((order) => order.tookMs), ...waiting.map((sent) => now - sent))
  const middle = (x(hold.from) + x(holdTo)) / 2
  return (
    <div>
      <div className="strip-h">
        <span>
          The hold, drawn large: {formatDuration(span.to - span.from)} from {formatClock(span.from, true)}
        </span>
        <span>longest order {formatDuration(longest)}</span>
      </div>
      <svg
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={`Writes waited ${formatDuration(holdTo - hold.from)}${hold.to === undefined ? ' so far' : ''}; the longest canary order took ${formatDuration(longest)}`}
      >
        <rect
          x={x(hold.from)}
          y={0}
          width={Math.max(2, x(holdTo) - x(hold.from))}
          height={HEIGHT - 4}
          fill="var(--att-bg)"
        />
        <line className="bl" x1={left} x2={left + plot} y1={HEIGHT - 4} y2={HEIGHT - 4} />
        {inside.map((order, index) => {
          const row = 18 + (index % 6) * 3.5
          const from = Math.max(left, x(order.at - order.tookMs))
          const to = Math.min(left + plot, x(order.at))
          const tone = order.failed
            ? 'var(--dan)'
            : order.at - order.tookMs <= holdTo && order.at > hold.from
              ? 'var(--att)'
              : 'var(--text-3)'
          return (
            <g key={`${order.at}-${order.tookMs}`} stroke={tone}>
              <line x1={from} x2={Math.max(from + 1, to)} y1={row} y2={row} />
              <line x1={to} x2={to} y1={row - 2} y2={row + 2} strokeWidth="1.5" />
            </g>
          )
        })}
        {waiting.map((sent, index) => (
          <line
            key={sent}
            x1={Math.max(left, x(sent))}
            x2={x(now)}
            y1={18 + (index % 6) * 3.5}
            y2={18 + (index % 6) * 3.5}
            stroke="var(--att)"
            strokeDasharray="2 2"
          />
        ))}
        <line x1={x(hold.from)} x2={x(hold.from)} y1={0} y2={HEIGHT - 4} stroke="var(--att)" strokeDasharray="3 3" />
        {hold.to !== undefined && (
          <line x1={x(hold.to)} x2={x(hold.to)} y1={0} y2={HEIGHT - 4} stroke="var(--att)" strokeDasharray="3 3" />
        )}
        <text className="ax" style={{ fill: 'var(--att)', fontWeight: 600 }} x={middle} y={11} textAnchor="middle">
          {formatDuration(holdTo - hold.from)}
        </text>
      </svg>
    </div>
  )
}

/** What a `CanaryStrip` draws. */
export type CanaryStripProps = {
  orders: readonly CanaryOrder[]
  waiting: readonly number[]
  hold: { from: number; to?: number }
  now: number
  span: { from: number; to: number }
  width: number
  left: number
}
