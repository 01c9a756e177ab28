import { consequences, consequenceWords, type Difference, type TopologyDiff } from '../../shared/topology-diff'
import { differenceLines } from './difference-lines'
import { countWords, differenceTitle, diffTitle } from './difference-words'
import { html, type Markup, own, plain, text } from './markup'
import { moment } from './plain-format'
import { reportStyle, reportStyleHash } from './style'

/** What the report's style has no word for. */
export const differenceStyle = `.dline{display:block;padding:0 10px;white-space:pre-wrap;overflow-wrap:anywhere;font-family:"JetBrains Mono",ui-monospace,Menlo,Consolas,monospace;font-size:11.5px;line-height:18px}.dline.a{background:color-mix(in srgb,var(--ok) 14%,transparent)}.dline.d{background:var(--dan-bg)}.dl{border:1px solid var(--line);border-radius:4px;margin-top:6px;overflow:hidden}.df{border-top:1px solid var(--line);padding:10px 0;break-inside:avoid}.df p{margin:2px 0}.df .t2{color:var(--text-2)}.df .vals{overflow-wrap:anywhere}`
/** Its own hash, for the document's policy; a test recomputes it and names the new one. */
export const differenceStyleHash = 'sha256-hG2gBPm+xwkNIqfFvo+75iZwNcVbhJ/j11aj6szWMM8='
const policy = `default-src 'none'; style-src '${reportStyleHash}' '${differenceStyleHash}'; base-uri 'none'; form-action 'none'`

const marks = { same: ' ', added: '+', removed: '−', fold: ' ' } as const
const classes = { same: '', added: ' a', removed: ' d', fold: '' } as const

const values = (one: Difference): Markup => {
  if (!one.isText)
    return html`<p class="vals m">${text(one.old ?? 'nothing', 400)} <b>→</b> ${text(one.new ?? 'nothing', 400)}</p>`
  const lines = differenceLines(one.old ?? '', one.new ?? '')
  return html`<div class="dl">${lines
    .slice(0, 1000)
    .map(
      (line) => html`<span class="dline${classes[line.kind]}">${marks[line.kind]} ${text(line.text, 2000)}</span>`
    )}</div>`
}

const entry = (one: Difference): Markup =>
  html`<div class="df"><p><b>${one.sign}</b> <span class="m">${text(differenceTitle(one), 300)}</span> <span class="t2">${one.server ?? ''}</span></p><p class="t2">${one.why}</p>${values(one)}${
    one.accepted
      ? html`<p>Accepted by ${one.accepted.by}, ${own(moment(one.accepted.at))} UTC: ${one.accepted.reason}</p>`
      : null
  }</div>`

const group = (id: string, title: string, found: readonly Difference[]): Markup | null =>
  found.length === 0 ? null : html`<section id="${id}"><h2>${title} (${found.length})</h2>${found.map(entry)}</section>`

/** The differences as one self-contained document without script. */
export const differenceHtml = (move: string, diff: TopologyDiff): string => {
  const open = diff.differences.filter((one) => one.accepted === null)
  const groups = [
    ...consequences.map((consequence) =>
      group(
        consequence,
        consequenceWords[consequence].title,
        open.filter((one) => one.consequence === consequence)
      )
    ),
    group(
      'accepted',
      'Accepted',
      diff.differences.filter((one) => one.accepted)
    )
  ]
  const unknown =
    diff.untold.length === 0
      ? null
      : html`<section id="unknown"><h2>Not known (${diff.untold.length})</h2>${diff.untold.map(
          (one) =>
            html`<div class="df"><p><b>${one.server || 'the move'}</b> ${one.part}</p><p class="t2">${one.why}</p></div>`
        )}</section>`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${plain(`${diffTitle(diff)} · ${move}`)}</title>
${{ markup: `<style>${reportStyle}</style><style>${differenceStyle}</style>` }}
</head>
<body>
<main>
<section id="summary"><h1>${diffTitle(diff)}</h1><p>${move}, ${own(moment(diff.at))} UTC: ${countWords(diff)}.</p></section>
${groups}
${unknown}
</main>
</body>
</html>
`.markup
}
