import { useMemo, useState } from 'react'
import type { OpenMove } from '../../../shared/contract'
import type { SiteSide } from '../../../shared/move'
import type { TopologyLink } from '../../../shared/topology'
import { Age } from '../../parts/age'
import { Card } from '../../parts/card'
import { ChartLegend } from '../../parts/chart-legend'
import { formatLag, formatLimit } from '../../parts/format'
import { Segmented } from '../../parts/segmented'
import { TimeChart } from '../../parts/time-chart'
import type { ChartSeries } from '../../parts/time-chart-options'
import { useLag } from '../../state/open-move'
import { serverName, sideOf } from '../runbook/names'

const windows = { '1': '1 min', '5': '5 min', '15': '15 min' } as const
type Window = keyof typeof windows

/** Links between the sites take the colour of their source's site; the way back is dashed. */
export const toneOf = (side: SiteSide | null): 'old' | 'new' | 'text-2' => side ?? 'text-2'

/** Lag of the links between the sites by heartbeat rows; the servers' own “seconds behind” is not believed. */
export function LagCard({ open }: { open: OpenMove }) {
  const { move, topology } = open
  const lag = useLag()
  const [span, setSpan] = useState<Window>('5')
  const links = topology?.links.filter((link) => link.crossesSites) ?? []
  const known = links.map(({ id }) => id).join('\n')
  const nameOf = (link: TopologyLink) => `${serverName(move, link.source)} → ${serverName(move, link.replica)}`
  const shape = links.map((link) => ({
    id: link.id,
    label: nameOf(link),
    tone: toneOf(sideOf(move, link.source)),
    dashed: link.source !== topology?.active
  }))
  // The chart keeps its canvas while these stay the same objects.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `known` stands for the links
  const { times, series } = useMemo(() => {
    const count = Number(span) * 60
    const drawn = shape.map((line): ChartSeries => {
      const values = (lag.series[line.id] ?? lag.at.map(() => null)).slice(-count)
      return {
        label: line.label,
        tone: line.tone,
        dashed: line.dashed,
        values: values.map((value) => (value === null ? null : Math.max(0, value)))
      }
    })
    return { times: lag.at.slice(-count).map((second) => second * 1000), series: drawn }
  }, [lag, span, known, topology?.active])
  const limit = move.thresholds.lagLimitSeconds
  const last = lag.at.at(-1)
  const spoken = links
    .map((link) => `${nameOf(link)} ${formatLag(link.lagSeconds === null ? null : Math.max(0, link.lagSeconds))}`)
    .join(', ')
  return (
    <Card
      title="Lag"
      sub="by heartbeat rows"
      aside={
        <>
          {last !== undefined && <Age at={last * 1000} ago staleAfterMs={15_000} />}
          <Segmented
            label="Time shown"
            value={span}
            onChange={setSpan}
            segments={(Object.keys(windows) as Window[]).map((id) => ({ id, label: windows[id] }))}
          />
        </>
      }
    >
      <div className="col g8">
        <ChartLegend
          items={links.map((link, index) => ({
            label: shape[index]?.label ?? link.id,
            tone: shape[index]?.tone ?? 'text-2',
            dashed: shape[index]?.dashed,
            value: (
              <span className={link.lagSeconds !== null && link.lagSeconds > limit ? 'c-dan' : undefined}>
                {formatLag(link.lagSeconds === null ? null : Math.max(0, link.lagSeconds))}
              </span>
            )
          }))}
        />
        <TimeChart
          times={times}
          series={series}
          label={`Lag over the last ${windows[span]}: ${spoken}`}
          formatValue={(value) => formatLag(value)}
          height={200}
          atLeast={Math.min(1, limit)}
          axisWidth={72}
          limits={[{ value: limit, words: `limit ${formatLimit(limit * 1000)}`, tone: 'att' }]}
          empty="No heartbeat seen yet; the first comes within seconds"
        />
      </div>
    </Card>
  )
}
