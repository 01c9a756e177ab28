import type { Report } from '../../shared/report'
import type { Action, Run, StepRun } from '../../shared/runbook'
import { status, type Tone } from './icons'
import { html, type Markup, own } from './markup'
import { clock, duration, longMoment } from './plain-format'
import { runOutcome } from './run-outcome'
import { nothing, type Section } from './section'

/** Every statement and command of every run, with the server, the session, the time and what was observed. */
export const statementsSection = (report: Report): Section => ({
  id: 'statements',
  title: 'Every statement and command',
  body:
    report.runs.length === 0
      ? nothing('Nothing was sent.')
      : html`<p class="sub">As they were written to the journal before they were sent. A secret stands as ‹secret:name›; its value is in no document. The rows a repair wrote are counted here; their values are in the journal only. Steps that never started sent nothing and are listed by name.</p>${report.runs.map((run) => runMarkup(run, report))}`
})

const runMarkup = (run: Run, report: Report): Markup => {
  const sent = run.steps.filter((step) => step.startedAt !== null)
  const not = run.steps.filter((step) => step.startedAt === null)
  return html`<article class="run"><h3>${run.title}</h3><p class="sub">${own(longMoment(run.startedAt))}, by ${run.operator}. Outcome: ${runOutcome(run)}.</p>
${sent.map((step) => stepMarkup(step, run, report))}
${not.length > 0 ? html`<p class="note">Not started: ${not.map((step) => step.title).join(', ')}.</p>` : null}
${run.notes.length > 0 ? html`<ul class="notes">${run.notes.map((note) => html`<li>${note}</li>`)}</ul>` : null}</article>`
}

const states: Record<StepRun['state'], [Tone, string]> = {
  todo: ['unknown', 'not started'],
  running: ['info', 'running'],
  waiting: ['attention', 'waiting'],
  done: ['ok', 'observed done'],
  failed: ['danger', 'failed'],
  undoing: ['attention', 'being taken back'],
  undone: ['attention', 'taken back'],
  skipped: ['unknown', 'skipped']
}

const stepMarkup = (step: StepRun, run: Run, report: Report): Markup => {
  const [tone, word] = states[step.state]
  const takenBack = report.undone.filter((undone) => undone.run === run.id && undone.step === step.id)
  return html`<section class="step"><h4><span class="m t2">${own(clock(step.startedAt ?? 0))}</span> ${step.title} <span class="m t2">${step.server}</span><span class="end">${status(tone, word)}${step.ms === null ? null : html`<span class="t2 num">${own(duration(step.ms))}</span>`}</span></h4>
${step.actions.map(actionMarkup)}
${step.evidence ? html`<p class="observed"><b>Observed</b> ${step.evidence}</p>` : null}
${step.failure ? html`<p class="failure"><b>${step.failure.what}</b> ${step.failure.why ?? ''} ${step.failure.words ? html`<q class="m">${step.failure.words}</q>` : null}</p>` : null}
${takenBack.map((undone) => html`<p class="observed"><b>Taken back</b> at ${own(clock(undone.at))}</p>${undone.actions.map(actionMarkup)}`)}</section>`
}

const frame = (label: Markup, body: Markup): Markup =>
  html`<div class="sql"><div class="bar2">${label}</div>${body}</div>`

const actionMarkup = (action: Action): Markup => {
  switch (action.kind) {
    case 'sql':
      return frame(
        html`<b class="m">${action.server}</b> session ${action.session} · ${action.onePacket && action.statements.length > 1 ? `${action.statements.length} statements in one packet` : `${action.statements.length} ${action.statements.length === 1 ? 'statement' : 'statements, one after the other'}`}${action.changes ? null : ' · only reads'}`,
        html`<pre>${action.statements.map((statement, index) => html`${index > 0 ? '\n' : ''}${statement.replace(/;\s*$/, '')};`)}</pre>`
      )
    case 'command':
      return frame(
        html`<b class="m">${action.server}</b> shell command${action.changes ? null : ' · only reads'}`,
        html`<pre>$ ${action.command}${action.input === null ? null : html`\n<span class="t2">standard input:</span>\n${action.input}`}</pre>`
      )
    case 'dns':
      return frame(
        html`<b class="m">${action.domain}</b> DNS${action.changes ? null : ' · only reads'}`,
        html`<pre>${action.text}</pre>`
      )
    case 'person':
      return html`<p class="by-hand"><b>By hand</b> ${action.text}</p>`
    case 'app':
      return html`<p class="by-app">${action.text}</p>`
  }
  return action satisfies never
}
