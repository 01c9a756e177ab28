import { useMemo } from 'react'
import { BudgetBar } from '../parts/budget-bar'
import { CanaryBars } from '../parts/canary-bars'
import type { CanaryOrder } from '../parts/canary-bins'
import { ChartLegend } from '../parts/chart-legend'
import { formatByteRate, formatLag } from '../parts/format'
import { LinkLine } from '../parts/link-line'
import { ProgressBar } from '../parts/progress-bar'
import { Stat } from '../parts/stat'
import { StatRow } from '../parts/stat-row'
import { TimeChart } from '../parts/time-chart'
import { Specimen } from './specimen'

const END = Date.UTC(2026, 10, 21, 22, 41, 7)
const HOLD_FROM = Date.UTC(2026, 10, 22, 3, 12, 4, 318)

/** Charts, bars and measured numbers. */
export function PartsGalleryCharts() {
  const lag = useMemo(lagSamples, [])
  const short = useMemo(() => canaryOrders(HOLD_FROM, 148, HOLD_FROM + 5000), [])
  const long = useMemo(() => canaryOrders(HOLD_FROM, null, HOLD_FROM + 1840), [])
  return (
    <div
      style={{
        display: 'grid',
        gap: 12,
        gridTemplateColumns: 'repeat(auto-fit, minmax(420px, 1fr))',
        alignItems: 'start'
      }}
    >
      <Specimen words="Canary orders after a pause of 148 ms: the strip keeps it visible">
        <CanaryBars
          orders={short}
          now={HOLD_FROM + 5000}
          hold={{ from: HOLD_FROM, to: HOLD_FROM + 148 }}
          expectedPerSecond={20}
        />
      </Specimen>
      <Specimen words="Canary orders while writes wait">
        <CanaryBars
          orders={long}
          now={HOLD_FROM + 1840}
          hold={{ from: HOLD_FROM }}
          waiting={Array.from({ length: 37 }, (_, index) => HOLD_FROM + index * 50)}
          expectedPerSecond={20}
        />
      </Specimen>
      <Specimen words="Lag, with a mark, a shaded span and a limit">
        <ChartLegend
          items={[
            { label: 'fra-db1 → lis-db1', tone: 'old', value: <span className="c-dan">4 min 08 s</span> },
            { label: 'lis-db1 → fra-db1', tone: 'new', dashed: true, value: '0.19 s' }
          ]}
        />
        <TimeChart
          label="Lag of both links over 15 minutes"
          times={lag.times}
          height={180}
          formatValue={formatLag}
          series={[
            { label: 'to Lisbon', tone: 'old', values: lag.forth, filled: true },
            { label: 'to Frankfurt', tone: 'new', values: lag.back, dashed: true }
          ]}
          axisWidth={64}
          marks={[{ at: END - 248_000, words: 'applier stopped 22:37', tone: 'dan' }]}
          spans={[{ from: END - 248_000, tone: 'dan' }]}
          limits={[{ value: 60, words: 'limit 60 s', tone: 'text-3' }]}
        />
      </Specimen>
      <Specimen words="Line against write rate; nothing measured">
        <TimeChart
          label="Bytes per second"
          times={lag.times}
          height={120}
          formatValue={formatByteRate}
          axisWidth={72}
          series={[
            { label: 'carried', tone: 'text-2', values: lag.rate },
            { label: 'written', tone: 'info', values: lag.rate.map((value) => value * 0.8), dashed: true }
          ]}
        />
        <TimeChart label="Nothing" times={[]} series={[]} height={80} formatValue={String} />
      </Specimen>
      <Specimen words="Pause against its budget: early, rehearsed passed, near the end, past letting go">
        <div className="col g8">
          <BudgetBar elapsedMs={90} budgetMs={10_000} rehearsedMs={148} />
          <BudgetBar elapsedMs={1840} budgetMs={10_000} rehearsedMs={148} />
          <BudgetBar elapsedMs={6400} budgetMs={10_000} rehearsedMs={148} />
          <BudgetBar elapsedMs={7600} budgetMs={10_000} rehearsedMs={null} />
          <BudgetBar elapsedMs={301_000} budgetMs={600_000} rehearsedMs={12_400} />
          <div style={{ width: 232 }}>
            <BudgetBar elapsedMs={31_000} budgetMs={90_000} rehearsedMs={12_400} />
          </div>
        </div>
      </Specimen>
      <Specimen words="Headroom; lines of the picture">
        <ProgressBar share={0.16} label="Headroom" tone="old" markers={[0.5]} />
        <div className="line-legend" style={{ marginTop: 8 }}>
          {(['from-old', 'from-new', 'inside', 'app', 'planned', 'stopped', 'pair', 'bridge'] as const).map((kind) => (
            <span key={kind}>
              <LinkLine kind={kind} /> {kind.replace('-', ' ')}
            </span>
          ))}
        </div>
      </Specimen>
      <div style={{ gridColumn: '1 / -1' }} className="card">
        <StatRow>
          <Stat label="Write pause to expect" value="148" unit="ms" under="5 rehearsals, 11 min ago" />
          <Stat label="Pause budget" value="10.0" unit="s" under="lets go by itself at 7.0 s" />
          <Stat value="2" unit="stops" status="stop" under="cutover cannot start" />
          <Stat label="Lag now" value="248" unit="s" tone="dan" under="heartbeat row, 0.4 s ago" />
          <Stat label="If this laptop dies" value="≤ 3" unit="s" under="the lease ends, the shop goes on" />
        </StatRow>
      </div>
    </div>
  )
}

function lagSamples() {
  const times = Array.from({ length: 180 }, (_, index) => END - (179 - index) * 5000)
  const stop = END - 248_000
  return {
    times,
    forth: times.map((at) => (at < stop ? 0.2 : (at - stop) / 1000)),
    back: times.map((_, index) => (index > 40 && index < 52 ? null : 0.19)),
    rate: times.map((_, index) => 1_700_000 + 400_000 * Math.sin(index / 3) + 300_000 * Math.sin(index * 1.7))
  }
}

function canaryOrders(hold: number, pauseMs: number | null, until: number): CanaryOrder[] {
  const orders: CanaryOrder[] = []
  for (let sent = hold - 18_000, index = 0; sent < until; sent += 50, index += 1) {
    const own = 5 + ((index * 7) % 11)
    const release = pauseMs === null ? Number.POSITIVE_INFINITY : hold + pauseMs
    const waits = sent + own > hold && sent < release
    const at = waits ? release + own : sent + own
    if (at <= until) orders.push({ at, tookMs: at - sent, ...(index === 200 ? { failed: true } : {}) })
  }
  return orders
}
