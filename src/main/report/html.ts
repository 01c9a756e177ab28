import type { Report } from '../../shared/report'
import { driftSection } from './drift-section'
import { findingsSection } from './findings-section'
import { ledgerSection } from './ledger-section'
import { html, plain } from './markup'
import { decisionsSection, journalSection } from './record-sections'
import { sectionMarkup } from './section'
import { statementsSection } from './statements-section'
import { reportStyle, reportStyleHash } from './style'
import { headline, summarySection } from './summary-section'
import { timelineSection } from './timeline-section'
import { topologySection } from './topology-section'

/** The policy the report carries in itself. */
export const reportPolicy = `default-src 'none'; style-src '${reportStyleHash}'; base-uri 'none'; form-action 'none'`

/** The report as one self-contained document without script, for the screen and for paper, light and dark. */
export const reportHtml = (report: Report): string => {
  const sections = [
    timelineSection(report),
    ledgerSection(report),
    topologySection(report),
    findingsSection(report),
    driftSection(report),
    decisionsSection(report),
    statementsSection(report),
    journalSection(report)
  ]
  const style = { markup: `<style>${reportStyle}</style>` }
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${reportPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${plain(headline(report))} · migration report</title>
${style}
</head>
<body>
<nav aria-label="Sections"><b>Migration report</b><a href="#summary">Summary</a>${sections.map((section) => html`<a href="#${section.id}">${section.title}</a>`)}</nav>
<main>
${summarySection(report)}
${sections.map(sectionMarkup)}
</main>
</body>
</html>
`
  return document.markup
}
