import type { Report } from '../../shared/report'
import { status } from './icons'
import { html, own } from './markup'
import { grouped, moment } from './plain-format'
import { nothing, type Section } from './section'

/** Who decided what, and when. */
export const decisionsSection = ({ decisions }: Report): Section => ({
  id: 'decisions',
  title: 'Decisions',
  body:
    decisions.length === 0
      ? nothing('No decision was recorded.')
      : html`<div class="wide"><table class="dense"><thead><tr><th>UTC</th><th>By</th><th>Decision</th></tr></thead><tbody>${decisions.map(
          (one) =>
            html`<tr><td class="m">${own(moment(one.at))}</td><td>${one.by}</td><td class="wrap">${one.what}</td></tr>`
        )}</tbody></table></div>`
})

/** The hash by which this report can be held against the journal it was made from. */
export const journalSection = ({ journal, madeAt, product }: Report): Section => ({
  id: 'journal',
  title: 'Journal',
  body: html`<p class="verdict">${
    journal.intact
      ? status('ok', html`The journal’s chain of ${own(grouped(journal.entries))} entries is intact.`)
      : status('danger', `The journal cannot be trusted: ${journal.problem ?? 'its chain is broken'}.`)
  }</p>
<dl class="kv"><dt>Hash of the last entry</dt><dd class="m hash">${journal.headHash === '' ? 'none' : (journal.headHash.match(/.{1,8}/g) ?? []).join(' ')}</dd><dt>Made</dt><dd>${own(moment(madeAt))} UTC by ${product}</dd></dl>
<p class="note">Each entry holds the SHA-256 of the one before it. Whoever has the journal can recompute the chain; a changed, missing or added entry gives another last hash than the one above.</p>`
})
