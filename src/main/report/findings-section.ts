import { type CheckInfo, checkGroups, type Evidence, type Finding, type Verdict } from '../../shared/finding'
import type { Report } from '../../shared/report'
import { status, type Tone } from './icons'
import { html, type Markup, own } from './markup'
import { duration, moment } from './plain-format'
import { nothing, type Section } from './section'

const tones: Record<Verdict, [Tone, string]> = {
  stop: ['danger', 'stop'],
  warn: ['attention', 'attention'],
  unknown: ['unknown', 'unknown'],
  info: ['info', 'note'],
  ok: ['ok', 'ok']
}
const order: Verdict[] = ['stop', 'warn', 'unknown', 'info', 'ok']
/** More rows of an answer than a reader takes in are counted instead. */
const answerRows = 12

/** Preflight: what needs attention in full with evidence and waivers, the rest by name. */
export const findingsSection = (report: Report): Section => {
  const id = 'findings'
  const title = 'Findings and waivers'
  const { preflight } = report
  if (!preflight) return { id, title, body: nothing('No checks were run.') }
  const titles = new Map(preflight.checks.map((check) => [check.id, check]))
  const sorted = [...preflight.findings].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
  const speaking = sorted.filter((finding) => finding.verdict !== 'ok' && finding.verdict !== 'info')
  const quiet = sorted.filter((finding) => finding.verdict === 'ok' || finding.verdict === 'info')
  const waived = speaking.filter((finding) => finding.waiver).length
  const stops = speaking.filter((finding) => finding.verdict === 'stop' && !finding.waiver).length
  return {
    id,
    title,
    body: html`<p class="sub">${preflight.checks.length} checks on ${own(moment(preflight.at))} UTC, in ${own(duration(preflight.tookMs))}: ${stops} open stops, ${speaking.length - stops - waived} others to look at, ${waived} waived, ${quiet.length} fine.</p>
${speaking.length === 0 ? html`<p class="verdict">${status('ok', 'No check asked for attention.')}</p>` : speaking.map(findingMarkup)}
<h3>Fine</h3><ul class="columns">${quiet.map((finding) => quietMarkup(finding, titles.get(finding.check)))}</ul>`
  }
}

const findingMarkup = (finding: Finding): Markup => {
  const [tone, word] = tones[finding.verdict]
  const { waiver } = finding
  return html`<article class="finding"><h4>${waiver ? status('waived', `waived ${word}`) : status(tone, word)} <span class="m t2">${finding.check}</span> ${finding.title}${finding.server ? html` <span class="m t2">${finding.server}</span>` : null}</h4>
<p>${finding.consequence}</p>
${waiver ? html`<p class="waiver">Waived by <b>${waiver.by}</b> on ${own(moment(waiver.at))} UTC: “${waiver.reason}”</p>` : null}
${finding.evidence.map(evidenceMarkup)}</article>`
}

const evidenceMarkup = (evidence: Evidence): Markup => {
  const left = evidence.answer.length - answerRows
  return html`<div class="asked"><div class="bar2"><span class="m">${evidence.server}</span><span>${own(moment(evidence.at))} UTC</span></div><pre>${evidence.statement}</pre>${
    evidence.answer.length === 0
      ? html`<p class="answer t2">no rows</p>`
      : html`<div class="wide"><table class="dense answer">${evidence.columns.length > 0 ? html`<thead><tr>${evidence.columns.map((column) => html`<th>${column}</th>`)}</tr></thead>` : null}<tbody>${evidence.answer
          .slice(0, answerRows)
          .map(
            (row) => html`<tr>${row.map((cell) => html`<td class="m wrap">${cell}</td>`)}</tr>`
          )}</tbody></table></div>`
  }${left > 0 ? html`<p class="answer t2">and ${left} more rows</p>` : null}</div>`
}

const quietMarkup = (finding: Finding, check: CheckInfo | undefined): Markup => {
  const [tone] = tones[finding.verdict]
  const group = check ? checkGroups[check.group] : ''
  return html`<li>${status(tone, html`<span class="m t2">${finding.check}</span> ${finding.title}${finding.server ? html` <span class="m t2">${finding.server}</span>` : null}<span class="hide">, ${group}</span>`)}</li>`
}
