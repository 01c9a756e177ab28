import type { Report } from '../../shared/report'
import { status } from './icons'
import { html, type Markup, own } from './markup'
import { duration, grouped } from './plain-format'
import { nothing, type Section } from './section'
import { measuredRun } from './summary'

const gap = (ms: number | null): Markup => (ms === null ? html`<span class="t3">unknown</span>` : own(duration(ms)))
const count = (value: number): Markup => html`<td class="r">${own(grouped(value))}</td>`

/** Canary orders: sent, acknowledged, found on both sides, and the longest silence between two of them. */
export const ledgerSection = (report: Report): Section => {
  const { canary, move } = report
  const id = 'ledger'
  const title = 'Canary ledger'
  if (!canary) {
    const none = measuredRun(report.runs)
      ? 'No canary orders were sent with this switch, or their books are not closed yet.'
      : 'No canary orders were sent in this move.'
    return { id, title, body: nothing(none) }
  }
  const { total } = canary
  const verdict =
    total.missing === 0 && total.doubled === 0
      ? status(
          'ok',
          html`Every acknowledged order was found exactly once. An order that was sent and not acknowledged may or may not be there; none counts as lost.`
        )
      : status(
          'danger',
          html`${total.missing} acknowledged orders are missing, ${total.doubled} were found more than once.`
        )
  return {
    id,
    title,
    body: html`<p class="sub">Rows written through the shop’s own way to its database, each recorded before it was sent and when it was acknowledged.</p>
<div class="wide"><table><thead><tr><th>From</th><th class="r">Sent</th><th class="r">Acknowledged</th><th class="r">Found, ${move.old}</th><th class="r">Found, ${move.new}</th><th class="r">Longest gap</th></tr></thead>
<tbody>${canary.hosts.map(
      (host) =>
        html`<tr><td class="m">${host.host}</td>${count(host.sent)}${count(host.acknowledged)}${count(host.foundOld)}${count(host.foundNew)}<td class="r">${gap(host.longestGapMs)}</td></tr>`
    )}</tbody>
<tfoot><tr><th>Total</th>${count(total.sent)}${count(total.acknowledged)}${count(total.foundOld)}${count(total.foundNew)}<td class="r">${gap(total.longestGapMs)}</td></tr></tfoot></table></div>
<p class="verdict">${verdict}</p>`
  }
}
