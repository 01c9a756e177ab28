import { html, type Markup } from './markup'

export type Tone = 'ok' | 'attention' | 'danger' | 'info' | 'unknown' | 'waived'

const paths: Record<Tone, Markup> = {
  ok: html`<path d="M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5M5.2 8.2l2 2 3.6-4.2"/>`,
  attention: html`<path d="M8 2.2 14.4 13.4H1.6zM8 6.4v3.2M8 11.4v.1"/>`,
  danger: html`<path d="M5.4 1.75h5.2l3.65 3.65v5.2l-3.65 3.65H5.4L1.75 10.6V5.4zM8 4.9v3.6M8 11v.1"/>`,
  info: html`<path d="M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5M8 7.4v3.6M8 5v.1"/>`,
  unknown: html`<circle cx="8" cy="8" r="6.25" stroke-dasharray="2.6 2.3"/>`,
  waived: html`<path d="M3.6 14V2.4h8.6L10.2 5.4l2 3H3.6"/>`
}

/** Status is always icon and word. */
export const status = (tone: Tone, words: string | Markup): Markup =>
  html`<span class="st"><svg class="i ${tone}" viewBox="0 0 16 16" aria-hidden="true">${paths[tone]}</svg><span>${words}</span></span>`

/** A site by its half disc and its name. */
export const site = (side: 'old' | 'new', name: string): Markup =>
  html`<span class="st"><svg class="i ${side}" viewBox="0 0 16 16" role="img" aria-label="${side} site"><circle cx="8" cy="8" r="6"/><path class="fill" d="${side === 'old' ? 'M8 2a6 6 0 0 0 0 12z' : 'M8 2a6 6 0 0 1 0 12z'}"/></svg><span>${name}</span></span>`

/** The product's mark. */
export const logo = html`<svg class="logo" width="24" height="24" viewBox="0 0 20 20" role="img" aria-label="Siteswap"><path class="line-old" d="M4.5 15C5 7 15 7 15.5 5"/><path class="line-new" d="M4.5 5C5 13 15 13 15.5 15"/><circle class="fill-old" cx="15.5" cy="5" r="2.25"/><circle class="fill-new" cx="15.5" cy="15" r="2.25"/></svg>`
