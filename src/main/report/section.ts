import { html, type Markup } from './markup'

export interface Section {
  id: string
  title: string
  body: Markup
}

/** A section of the report with its anchor. */
export const sectionMarkup = (section: Section): Markup =>
  html`<section id="${section.id}"><h2>${section.title}</h2>${section.body}</section>`

/** What a section says when there is nothing to show, and why. */
export const nothing = (words: string): Markup => html`<p class="none">${words}</p>`
