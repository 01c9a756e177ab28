import { useRef } from 'react'
import { type CanaryOrder, canaryBins, holdWindow } from './canary-bins'
import { CanaryStrip } from './canary-strip'
import { formatCount, formatLimit } from './format'
import { useWidth } from './hooks/use-width'
import { HoldMark, TimeAxis } from './time-axis'
import { niceTop } from './time-chart-options'

const LEFT = 40
const BAR_MS = 200

/** Canary orders per second over the last `spanMs`, with the hold marked, and below it the hold itself drawn large: 150 ms stay visible. */
export function CanaryBars({
  orders,
  now,
  spanMs = 20_000,
  hold,
  waiting = [],
  expectedPerSecond,
  height = 120
}: CanaryBarsProps) {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  // Bars begin on whole steps of time, so that they keep their height while they move.
  const to = Math.ceil(now / BAR_MS) * BAR_MS
  const from = to - spanMs
  const bins = canaryBins(orders, from, to, BAR_MS)
  const top = niceTop(
    Math.max(expectedPerSecond * 1.2, ...bins.map((bin) => ((bin.count + bin.failed) * 1000) / BAR_MS))
  )
  const plot = Math.max(1, width - LEFT - 8)
  const x = (at: number) => LEFT + ((at - from) / spanMs) * plot
  const y = (perSecond: number) => 20 + (height - 40) * (1 - perSecond / top)
  const each = plot / bins.length
  const failed = bins.reduce((sum, bin) => sum + bin.failed, 0)
  const shaded = hold ? { left: Math.max(LEFT, x(hold.from)), right: Math.min(LEFT + plot, x(hold.to ?? now)) } : null
  const words = `Canary orders per second, about ${formatCount(expectedPerSecond)} expected, ${formatCount(failed)} failed in the last ${formatLimit(spanMs)}`
  return (
    <div className="canary" ref={box}>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={words}>
          {shaded && shaded.right > shaded.left && (
            <rect
              x={shaded.left}
              y={8}
              width={Math.max(2, shaded.right - shaded.left)}
              height={height - 28}
              fill="var(--att-bg)"
            />
          )}
          {[0, top / 2, top].map((value) => (
            <g key={value}>
              <line className={value === 0 ? 'bl' : 'gl'} x1={LEFT} x2={LEFT + plot} y1={y(value)} y2={y(value)} />
              <text className="ax" x={LEFT - 6} y={y(value) + 3} textAnchor="end">
                {value === top ? `${formatCount(value)}/s` : formatCount(value)}
              </text>
            </g>
          ))}
          {bins.map((bin) => {
            const ok = (bin.count * 1000) / BAR_MS
            const bad = (bin.failed * 1000) / BAR_MS
            const barWidth = Math.max(1, each - Math.min(1.5, each * 0.3))
            // The last bar is still being counted.
            if (ok + bad === 0) return null
            return (
              <g key={bin.from}>
                <rect x={x(bin.from)} y={y(ok)} width={barWidth} height={y(0) - y(ok)} fill="var(--text-3)" />
                {bad > 0 && (
                  <rect
                    x={x(bin.from)}
                    y={y(ok + bad)}
                    width={barWidth}
                    height={y(ok) - y(ok + bad)}
                    fill="var(--dan)"
                  />
                )}
              </g>
            )
          })}
          {hold && x(hold.from) >= LEFT && <HoldMark x={x(hold.from)} bottom={y(0)} at={hold.from} />}
          <TimeAxis left={LEFT} plot={plot} y={height - 4} spanMs={spanMs} />
        </svg>
      )}
      {hold && width > 0 && (
        <CanaryStrip
          orders={orders}
          waiting={waiting}
          hold={hold}
          now={now}
          span={holdWindow(hold, now)}
          width={width}
          left={LEFT}
        />
      )}
    </div>
  )
}

/** What `CanaryBars` draw; `hold.to` is missing while writes wait, `waiting` are the moments at which orders not yet answered were sent. */
export type CanaryBarsProps = {
  orders: readonly CanaryOrder[]
  now: number
  spanMs?: number
  hold?: { from: number; to?: number }
  waiting?: readonly number[]
  expectedPerSecond: number
  height?: number
}
