import type uPlot from 'uplot'
import { formatClock } from './format'
import { tokenColour } from './token-colour'

/** A token that may colour a line. */
export type ChartTone = 'text-2' | 'text-3' | 'old' | 'new' | 'ok' | 'att' | 'dan' | 'info'

/** One line of a chart; values stand against the times of the chart, `null` is a gap. */
export type ChartSeries = {
  label: string
  tone: ChartTone
  values: readonly (number | null)[]
  dashed?: boolean
  filled?: boolean
}

/** A moment to mark with a dashed line and words. */
export type ChartMark = { at: number; words: string; tone: ChartTone }

/** A span of time to shade; without `to` until now. */
export type ChartSpan = { from: number; to?: number; tone: 'att' | 'dan' | 'info' | 'ok' }

/** A value to draw a line at: a limit. */
export type ChartLimit = { value: number; words: string; tone: ChartTone }

/** What the options of a chart are made from. */
export type ChartShape = {
  width: number
  height: number
  marks: readonly ChartMark[]
  spans: readonly ChartSpan[]
  limits: readonly ChartLimit[]
  formatValue: (value: number) => string
  atLeast: number
  axisWidth: number
  range?: { from: number; to: number }
}

/** The font of everything written in a chart. */
export const chartFont = '11px "Inter Variable", Inter, system-ui, sans-serif'

/** Builds the options of uPlot from a shape, in the colours of the theme that holds now; times are UTC. `series` gives the lines as they are now. */
export function timeChartOptions(shape: ChartShape, series: () => readonly ChartSeries[]): uPlot.Options {
  const grid = { stroke: tokenColour('line'), width: 1 }
  const text = tokenColour('text-3')
  const { range } = shape
  return {
    width: shape.width,
    height: shape.height,
    padding: [16, 12, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    select: { show: false, left: 0, top: 0, width: 0, height: 0 },
    scales: {
      x: { time: true, ...(range ? { range: () => [range.from / 1000, range.to / 1000] as uPlot.Range.MinMax } : {}) },
      y: { range: (_chart, _low, high) => [0, niceTop(Math.max(high ?? 0, shape.atLeast))] }
    },
    axes: [
      {
        stroke: text,
        font: chartFont,
        grid: { show: false },
        ticks: { show: false },
        border: { show: true, stroke: tokenColour('line-2'), width: 1 },
        size: 24,
        gap: 6,
        space: 96,
        values: (_chart, splits) => {
          const step = (splits[1] ?? 0) - (splits[0] ?? 0)
          return splits.map((second) => formatClock(second * 1000).slice(0, step > 0 && step < 60 ? 8 : 5))
        }
      },
      {
        stroke: text,
        font: chartFont,
        grid,
        ticks: { show: false },
        size: shape.axisWidth,
        gap: 6,
        splits: (_chart, _axis, _low, high) => [0, high / 2, high],
        values: (_chart, splits) => splits.map((value) => shape.formatValue(value))
      }
    ],
    series: [
      {},
      ...series().map((line) => ({
        label: line.label,
        stroke: tokenColour(line.tone),
        width: 1.5,
        ...(line.dashed ? { dash: [4, 3] } : {}),
        ...(line.filled ? { fill: `color-mix(in srgb, ${tokenColour(line.tone)} 16%, transparent)` } : {}),
        points: { show: false },
        spanGaps: false
      }))
    ],
    hooks: { drawClear: [(chart) => drawSpans(chart, shape)], draw: [(chart) => drawMarks(chart, shape, series())] }
  }
}

/** The least round number not below `value`, of which the half is round as well. */
export function niceTop(value: number): number {
  if (!(value > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const lead = value / power
  const step = [1, 2, 3, 4, 5, 6, 8, 10].find((candidate) => lead <= candidate + 1e-9) ?? 10
  return step * power
}

function drawSpans(chart: uPlot, shape: ChartShape): void {
  const { ctx, bbox } = chart
  ctx.save()
  for (const span of shape.spans) {
    const from = Math.max(bbox.left, chart.valToPos(span.from / 1000, 'x', true))
    const until = span.to === undefined ? bbox.left + bbox.width : chart.valToPos(span.to / 1000, 'x', true)
    const to = Math.min(bbox.left + bbox.width, until)
    ctx.fillStyle = tokenColour(`${span.tone}-bg`)
    if (to > from) ctx.fillRect(from, bbox.top, Math.max(2, to - from), bbox.height)
  }
  ctx.restore()
}

function drawMarks(chart: uPlot, shape: ChartShape, lines: readonly ChartSeries[]): void {
  const { ctx, bbox } = chart
  const ratio = devicePixelRatio
  ctx.save()
  ctx.font = chartFont.replace('11px', `${11 * ratio}px`)
  ctx.lineWidth = ratio
  for (const limit of shape.limits) {
    const y = Math.round(chart.valToPos(limit.value, 'y', true))
    if (y < bbox.top || y > bbox.top + bbox.height) continue
    ctx.strokeStyle = ctx.fillStyle = tokenColour(limit.tone)
    ctx.setLineDash([2 * ratio, 3 * ratio])
    line(ctx, bbox.left, y, bbox.left + bbox.width, y)
    ctx.textAlign = 'left'
    ctx.fillText(limit.words, bbox.left + 4 * ratio, y - 4 * ratio)
  }
  for (const mark of shape.marks) {
    const x = Math.round(chart.valToPos(mark.at / 1000, 'x', true))
    if (x < bbox.left || x > bbox.left + bbox.width) continue
    ctx.strokeStyle = ctx.fillStyle = tokenColour(mark.tone)
    ctx.setLineDash([3 * ratio, 3 * ratio])
    line(ctx, x, bbox.top - 12 * ratio, x, bbox.top + bbox.height)
    const leftOf = x - bbox.left > ctx.measureText(mark.words).width + 8 * ratio
    ctx.textAlign = leftOf ? 'right' : 'left'
    ctx.fillText(mark.words, x + (leftOf ? -4 : 4) * ratio, bbox.top - 4 * ratio)
  }
  ctx.setLineDash([])
  lines.forEach((series, index) => {
    const last = series.values.length - 1
    const value = series.values[last]
    const at = chart.data[0][last]
    if (typeof value !== 'number' || at === undefined) return
    ctx.fillStyle = tokenColour(series.tone)
    ctx.beginPath()
    ctx.arc(
      chart.valToPos(at, 'x', true),
      chart.valToPos(value, chart.series[index + 1]?.scale ?? 'y', true),
      2.5 * ratio,
      0,
      Math.PI * 2
    )
    ctx.fill()
  })
  ctx.restore()
}

function line(ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  ctx.beginPath()
  ctx.moveTo(x1, y1)
  ctx.lineTo(x2, y2)
  ctx.stroke()
}
