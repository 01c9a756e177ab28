import type { Report } from '../../shared/report'
import type { Run, StepRun } from '../../shared/runbook'
import { html, type Markup, own } from './markup'
import { clock, duration, longMoment } from './plain-format'
import { runOutcome } from './run-outcome'
import { nothing, type Section } from './section'
import { measuredRun } from './summary'

const width = 300

/** The part of the run that the bars are drawn to scale in: around the hold when there was one. */
interface Scale {
  from: number
  to: number
  hold: { from: number; to: number } | null
}

/** The steps of the newest switch on one time scale, with the write pause shaded; then all runs in one list. */
export const timelineSection = (report: Report): Section => {
  const run = measuredRun(report.runs) ?? report.runs.at(-1) ?? null
  return {
    id: 'timeline',
    title: 'Timeline',
    body: run
      ? html`${runTimeline(run)}<h3>All runs of this move</h3>${allRuns(report.runs)}`
      : nothing('Nothing was run in this move.')
  }
}

const runTimeline = (run: Run): Markup => {
  const steps = run.steps.filter((step) => step.startedAt !== null)
  const scale = scaleOf(run, steps)
  if (!scale) return nothing('No step was started.')
  return html`<p class="sub">${run.title}, ${own(longMoment(run.startedAt))}. Outcome: ${runOutcome(run)}.</p>
<div class="wide"><table class="dense timeline"><thead><tr><th>UTC</th><th>Step</th><th>Server</th><th class="r">Took</th><th>To scale, ${own(duration(scale.to - scale.from))} in all</th></tr></thead><tbody>${steps.map((step) => stepRow(step, scale))}</tbody></table></div>
${scale.hold ? html`<p class="note r">Shaded: writes waited ${own(duration(scale.hold.to - scale.hold.from))}. An arrow at the edge is a step outside the drawn time.</p>` : null}`
}

const scaleOf = (run: Run, steps: StepRun[]): Scale | null => {
  const starts = steps.flatMap((step) => step.startedAt ?? [])
  if (starts.length === 0) return null
  const ends = steps.map((step) => endOf(step))
  const all = { from: Math.min(...starts), to: Math.max(...ends, Math.min(...starts) + 1) }
  const { holdAt, openAt } = run.pause
  if (holdAt === null || openAt === null || openAt <= holdAt) return { ...all, hold: null }
  const pause = openAt - holdAt
  // A pause of milliseconds must stay visible beside steps that wait for people.
  const margin = Math.max(pause * 2.5, 200)
  return {
    from: Math.max(all.from, holdAt - margin),
    to: Math.min(Math.max(all.to, openAt), openAt + margin * 0.6),
    hold: { from: holdAt, to: openAt }
  }
}

const endOf = (step: StepRun): number => step.endedAt ?? (step.startedAt ?? 0) + (step.ms ?? 0)

const stepTone = (step: StepRun, scale: Scale): string => {
  if (step.state === 'failed') return 'dan'
  if (step.pointOfNoReturn) return 'dan'
  if (step.state === 'undone') return 'unk'
  const { hold } = scale
  const at = step.startedAt ?? 0
  return hold && at < hold.to && endOf(step) > hold.from ? 'att' : 'bar'
}

const stepRow = (step: StepRun, scale: Scale): Markup => {
  const at = step.startedAt ?? 0
  const mark = step.state === 'done' ? null : html` <span class="t2">${step.state}</span>`
  const line = step.pointOfNoReturn
    ? html`<tr class="ponr"><td colspan="5"><span>point of no return</span></td></tr>`
    : null
  return html`${line}<tr><td class="m">${own(clock(at))}</td><td><b>${step.title}</b>${mark}</td><td class="m t2">${step.server}</td><td class="r">${own(duration(step.ms ?? Math.max(0, endOf(step) - at)))}</td><td class="bars">${bar(step, scale)}</td></tr>`
}

const bar = (step: StepRun, scale: Scale): Markup => {
  const x = (at: number): number => ((at - scale.from) / (scale.to - scale.from)) * width
  const round = (value: number): number => Math.round(value * 10) / 10
  const [from, to] = [x(step.startedAt ?? 0), x(endOf(step))]
  const shade = scale.hold
    ? html`<rect class="shade" x="${round(Math.max(0, x(scale.hold.from)))}" y="0" width="${round(x(scale.hold.to) - Math.max(0, x(scale.hold.from)))}" height="14"/>`
    : null
  const left = Math.max(0, from)
  const right = Math.min(width, to)
  const shape =
    right < 0 || from > width
      ? html`<path class="${stepTone(step, scale)}" d="${from > width ? `M${width - 5} 4l4 3-4 3z` : 'M5 4 1 7l4 3z'}"/>`
      : html`<rect class="${stepTone(step, scale)}" x="${round(Math.min(left, width - 2))}" y="4" width="${round(Math.max(2, right - left))}" height="6" rx="1"/>`
  return html`<svg class="gantt" viewBox="0 0 ${width} 14" width="${width}" height="14" aria-hidden="true">${shade}${shape}</svg>`
}

const allRuns = (runs: readonly Run[]): Markup =>
  html`<div class="wide"><table class="dense"><thead><tr><th>Started, UTC</th><th>Run</th><th>By</th><th class="r">Took</th><th>Outcome</th></tr></thead><tbody>${runs.map(
    (run) =>
      html`<tr><td class="m">${own(clockAndDay(run.startedAt))}</td><td>${run.title}</td><td>${run.operator}</td><td class="r">${run.endedAt === null ? null : own(duration(run.endedAt - run.startedAt))}</td><td class="wrap">${runOutcome(run)}</td></tr>`
  )}</tbody></table></div>`

const clockAndDay = (at: number): string => `${new Date(at).toISOString().slice(0, 10)} ${clock(at).slice(0, 8)}`
