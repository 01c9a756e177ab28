import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { useThemeCount } from './hooks/use-theme-count'
import { useWidth } from './hooks/use-width'
import {
  type ChartLimit,
  type ChartMark,
  type ChartSeries,
  type ChartSpan,
  chartFont,
  timeChartOptions
} from './time-chart-options'

/** Lines over time, from zero. `times` are epoch milliseconds (shown in UTC); `label` says in words what is drawn, last values included. */
export function TimeChart(props: TimeChartProps) {
  const {
    times,
    series,
    label,
    formatValue,
    height = 160,
    atLeast = 0,
    axisWidth = 48,
    empty = 'Nothing measured yet'
  } = props
  const { marks, spans, limits, range } = props
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot | null>(null)
  const width = useWidth(box)
  const theme = useThemeCount()
  const nothing = times.length === 0
  // The shape of the chart; when only values change, the chart is kept and given new data.
  const shapeKey = JSON.stringify([
    theme,
    width,
    height,
    atLeast,
    axisWidth,
    marks,
    spans,
    limits,
    range,
    series.map(({ label: name, tone, dashed, filled }) => [name, tone, dashed, filled])
  ])
  const latest = useRef(props)
  latest.current = props
  // biome-ignore lint/correctness/useExhaustiveDependencies: shapeKey stands for everything the options are made from
  useEffect(() => {
    const target = box.current
    if (!target || width < 40 || nothing) return
    const now = latest.current
    const options = timeChartOptions(
      {
        width,
        height,
        marks: marks ?? [],
        spans: spans ?? [],
        limits: limits ?? [],
        formatValue,
        atLeast,
        axisWidth,
        range
      },
      () => latest.current.series
    )
    const made = new uPlot(options, dataOf(now), target)
    chart.current = made
    // A canvas does not draw again by itself when its font arrives.
    document.fonts.load(chartFont).then(
      () => chart.current === made && made.redraw(false, true),
      () => undefined
    )
    return () => {
      made.destroy()
      chart.current = null
    }
  }, [shapeKey, nothing])
  useEffect(() => {
    chart.current?.setData(dataOf({ times, series }))
  }, [times, series])
  return (
    <div className="chart" role="img" aria-label={label} style={{ height }}>
      <div ref={box} aria-hidden="true" />
      {nothing && <div className="chart-words">{empty}</div>}
    </div>
  )
}

function dataOf({ times, series }: Pick<TimeChartProps, 'times' | 'series'>): uPlot.AlignedData {
  return [times.map((at) => at / 1000), ...series.map((line) => [...line.values])]
}

/** What a `TimeChart` draws; keep `times` and `series` the same objects while nothing changed. */
export type TimeChartProps = {
  times: readonly number[]
  series: readonly ChartSeries[]
  label: string
  formatValue: (value: number) => string
  height?: number
  atLeast?: number
  axisWidth?: number
  marks?: readonly ChartMark[]
  spans?: readonly ChartSpan[]
  limits?: readonly ChartLimit[]
  range?: { from: number; to: number }
  empty?: string
}
