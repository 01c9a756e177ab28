import type { CanaryState } from '../../../shared/canary'
import { formatClock, formatDuration } from '../../parts/format'
import { largeSpan, slotMs, slotsBetween } from './canary-view'

const height = 52

/** The hold drawn large, slot by slot: 150 ms without an order are a gap that nobody can miss. */
export function CanaryLarge({ slots, hold, now, width, left }: Props) {
  const span = largeSpan(hold, now)
  const plot = Math.max(1, width - left - 8)
  const x = (at: number) =>
    left + (Math.min(Math.max(at - span.from, 0), span.to - span.from) / (span.to - span.from)) * plot
  const inside = slotsBetween(slots, span.from, span.to)
  const most = Math.max(1, ...inside.map((slot) => slot.acknowledged))
  const end = hold.to ?? now
  const base = height - 6
  return (
    <div>
      <div className="strip-h">
        <span>
          The hold, drawn large: {formatDuration(span.to - span.from)} from {formatClock(span.from, true)}
        </span>
        <span>orders acknowledged in each 100 ms</span>
      </div>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`Writes waited ${formatDuration(end - hold.from)}${hold.to === null ? ' so far' : ''}`}
      >
        <rect x={x(hold.from)} y={0} width={Math.max(2, x(end) - x(hold.from))} height={base} fill="var(--att-bg)" />
        <line className="bl" x1={left} x2={left + plot} y1={base} y2={base} />
        {inside.map((slot) => {
          const tall = (slot.acknowledged / most) * (base - 18)
          return slot.acknowledged === 0 ? (
            <line
              key={slot.at}
              x1={x(slot.at) + 1}
              x2={Math.max(x(slot.at) + 2, x(slot.at + slotMs) - 1)}
              y1={base - 1}
              y2={base - 1}
              stroke="var(--att)"
              strokeWidth="2"
            />
          ) : (
            <rect
              key={slot.at}
              x={x(slot.at) + 0.5}
              y={base - tall}
              width={Math.max(1, x(slot.at + slotMs) - x(slot.at) - 1)}
              height={tall}
              fill="var(--text-3)"
            />
          )
        })}
        {[hold.from, ...(hold.to === null ? [] : [hold.to])].map((at) => (
          <line key={at} x1={x(at)} x2={x(at)} y1={0} y2={base} stroke="var(--att)" strokeDasharray="3 3" />
        ))}
        <text
          className="ax"
          style={{ fill: 'var(--att)', fontWeight: 600 }}
          x={(x(hold.from) + x(end)) / 2}
          y={12}
          textAnchor="middle"
        >
          {formatDuration(end - hold.from)}
        </text>
      </svg>
    </div>
  )
}

interface Props {
  slots: CanaryState['slots']
  hold: { from: number; to: number | null }
  now: number
  width: number
  left: number
}
