import { useRef } from 'react'
import type { CanaryState } from '../../../shared/canary'
import { formatCount, formatDuration, formatLimit } from '../../parts/format'
import { useWidth } from '../../parts/hooks/use-width'
import { HoldMark, TimeAxis } from '../../parts/time-axis'
import { niceTop } from '../../parts/time-chart-options'
import { CanaryLarge } from './canary-large'
import { barsOf, covers, slotsBetween } from './canary-view'

const left = 44
const spanMs = 20_000

/** Canary orders of the last 20 s: acknowledged per second and the worst latency in slots of 100 ms, the hold shaded and drawn large below. */
export function CanaryChart({ canary, now, hold, latencyAtLeast = 100, rateHeight = 104, latencyHeight = 64 }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const right = 8
  const plot = Math.max(1, width - left - right)
  const from = now - spanMs
  const x = (at: number) => left + (Math.min(Math.max(at - from, 0), spanMs) / spanMs) * plot
  const slots = slotsBetween(canary.slots, from, now)
  const bars = barsOf(slots, 1)
  const top = niceTop(Math.max(canary.perSecond * 1.5, ...bars.map((bar) => bar.perSecond)))
  const slow = niceTop(Math.max(latencyAtLeast, ...slots.map((slot) => slot.worstMs ?? 0)))
  const rateY = (value: number) => 16 + (rateHeight - 20) * (1 - value / top)
  const latencyTop = rateHeight + 12
  const latencyY = (ms: number) => latencyTop + latencyHeight * (1 - ms / slow)
  const height = latencyTop + latencyHeight + 20
  const end = hold ? (hold.to ?? now) : 0
  const shaded = hold && end > from && hold.from < now
  const words = `Canary orders: ${formatCount(canary.acknowledged)} of ${formatCount(canary.sent)} acknowledged, ${formatCount(canary.waiting)} waiting, ${formatCount(canary.failed)} failed`
  return (
    <div className="canary" ref={box}>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={words}>
          {shaded && (
            <rect
              x={x(hold.from)}
              y={8}
              width={Math.max(2, x(end) - x(hold.from))}
              height={latencyTop + latencyHeight - 8}
              fill="var(--att-bg)"
            />
          )}
          {[0, top / 2, top].map((value) => (
            <g key={value}>
              <line
                className={value === 0 ? 'bl' : 'gl'}
                x1={left}
                x2={left + plot}
                y1={rateY(value)}
                y2={rateY(value)}
              />
              <text className="ax" x={left - 6} y={rateY(value) + 4} textAnchor="end">
                {value === top ? `${formatCount(value)}/s` : formatCount(value)}
              </text>
            </g>
          ))}
          {bars.map((bar) =>
            bar.perSecond === 0 ? null : (
              <rect
                key={bar.from}
                x={x(bar.from)}
                y={rateY(bar.perSecond)}
                width={Math.max(1, x(bar.to) - x(bar.from) - 0.8)}
                height={rateY(0) - rateY(bar.perSecond)}
                fill="var(--text-3)"
              />
            )
          )}
          {[0, slow].map((value) => (
            <g key={value}>
              <line
                className={value === 0 ? 'bl' : 'gl'}
                x1={left}
                x2={left + plot}
                y1={latencyY(value)}
                y2={latencyY(value)}
              />
              <text className="ax" x={left - 6} y={latencyY(value) + 4} textAnchor="end">
                {value === 0 ? '0' : formatLimit(value)}
              </text>
            </g>
          ))}
          {slots.map((slot) =>
            slot.worstMs === null ? null : (
              <rect
                key={slot.at}
                x={x(slot.at)}
                y={latencyY(slot.worstMs)}
                width={Math.max(1, x(slot.at + 100) - x(slot.at) - 0.8)}
                height={Math.max(1, latencyY(0) - latencyY(slot.worstMs))}
                fill={hold && slot.at + 100 > hold.from && slot.at <= end ? 'var(--att)' : 'var(--line-3)'}
              />
            )
          )}
          {shaded && hold.from > from && (
            <HoldMark x={x(hold.from)} bottom={latencyTop + latencyHeight} at={hold.from} />
          )}
          <TimeAxis left={left} plot={plot} y={height - 4} spanMs={spanMs} />
        </svg>
      )}
      <div className="legend">
        <span>
          <Swatch colour="var(--text-3)" /> acknowledged
        </span>
        <span>
          <Swatch colour="var(--line-3)" /> worst latency in 100 ms
        </span>
        {hold && (
          <span>
            <Swatch colour="var(--att)" /> writes waited
            {hold.to === null ? '' : ` ${formatDuration(hold.to - hold.from)}`}
          </span>
        )}
      </div>
      {hold && width > 0 && covers(canary.slots, hold.from) && (
        <CanaryLarge slots={canary.slots} hold={hold} now={now} width={width} left={left} />
      )}
    </div>
  )
}

function Swatch({ colour }: { colour: string }) {
  return (
    <svg viewBox="0 0 14 8" aria-hidden="true">
      <rect width="8" height="8" rx="1" fill={colour} />
    </svg>
  )
}

interface Props {
  canary: CanaryState
  now: number
  hold: { from: number; to: number | null } | null
  latencyAtLeast?: number
  rateHeight?: number
  latencyHeight?: number
}
