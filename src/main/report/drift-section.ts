import {
  type DriftState,
  type ObjectDifference,
  type TableDrift,
  type TableVerdict,
  tablesAmong
} from '../../shared/drift'
import type { Report } from '../../shared/report'
import { status } from './icons'
import { html, type Markup, own } from './markup'
import { grouped, moment, roughly, size } from './plain-format'
import { nothing, type Section } from './section'

/** Tables by verdict; null when nothing was compared. */
export const driftCounts = (
  drift: DriftState | null
): { total: number; same: number; differs: number; inconclusive: number; others: number } | null => {
  if (!drift || drift.kind === 'never') return null
  const tables = tablesAmong(drift.tables)
  const of = (kind: TableVerdict['kind']): number => tables.filter((table) => table.verdict.kind === kind).length
  const [total, same, differs, inconclusive] = [tables.length, of('same'), of('differs'), of('inconclusive')]
  return { total, same, differs, inconclusive, others: total - same - differs - inconclusive }
}

/** Verdict of every table with its age and position, and what differs beside data. */
export const driftSection = (report: Report): Section => {
  const id = 'drift'
  const title = 'Drift verdicts'
  const { drift, move } = report
  if (!drift || drift.kind === 'never') return { id, title, body: nothing('The two databases were not compared.') }
  const until = report.summary.holdAt ?? report.madeAt
  const against = report.summary.holdAt === null ? 'this report' : 'the hold'
  const ended = drift.kind === 'running' ? null : drift.at
  const rows = own(grouped(drift.progress.doneRows))
  return {
    id,
    title,
    body: html`<p class="sub">${rows} rows of ${drift.progress.doneTables} tables compared on both servers while orders flowed, ${own(moment(drift.since))} to ${own(ended === null ? 'now' : moment(ended))} UTC. Ages are counted to ${against}. What could not be decided is called inconclusive, never the same.</p>
${drift.kind === 'failed' ? html`<p class="verdict">${status('danger', `The comparison ended early: ${drift.failure.what}`)}</p>` : null}
<div class="wide"><table class="dense"><thead><tr><th>Table</th><th class="r">Rows</th><th class="r">Size</th><th>Verdict</th><th class="r">Age</th><th>At position</th></tr></thead><tbody>${drift.tables.map((table) => tableRow(table, until))}</tbody></table></div>
<h3>Schema, routines, events, accounts</h3>${objects(drift.objects, move.old, move.new)}`
  }
}

const tableRow = (table: TableDrift, until: number): Markup => {
  const { verdict } = table
  const at = 'at' in verdict ? verdict.at : null
  const position = 'position' in verdict ? verdict.position : null
  return html`<tr><td class="m">${table.schema}.${table.table}</td><td class="r">${own(grouped(table.estimatedRows))}</td><td class="r">${own(size(table.bytes))}</td><td class="wrap">${verdictMarkup(verdict)}</td><td class="r">${at === null ? null : own(age(at, until))}</td><td class="m wrap pos">${position}</td></tr>`
}

const age = (at: number, until: number): string =>
  at <= until ? `${roughly(until - at)} before` : `${roughly(at - until)} after`

const verdictMarkup = (verdict: TableVerdict): Markup => {
  switch (verdict.kind) {
    case 'same':
      return status(
        'ok',
        html`same${verdict.rechecked > 0 ? html` <span class="t2">${own(grouped(verdict.rechecked))} rechecked</span>` : null}`
      )
    case 'differs': {
      const kinds = [
        verdict.kinds.changed > 0 ? `${verdict.kinds.changed} changed` : null,
        verdict.kinds.missing > 0 ? `${verdict.kinds.missing} missing` : null,
        verdict.kinds.extra > 0 ? `${verdict.kinds.extra} extra` : null
      ].filter((part) => part !== null)
      return status(
        'danger',
        html`differs <span class="t2">${own(grouped(verdict.rows))} rows: ${kinds.join(', ')}</span>`
      )
    }
    case 'inconclusive':
      return status('attention', html`inconclusive <span class="t2">${verdict.why}</span>`)
    case 'left-out':
      return status('unknown', html`not compared <span class="t2">${verdict.why}</span>`)
    case 'queued':
    case 'comparing':
      return status('unknown', 'not compared yet')
  }
  return verdict satisfies never
}

const objects = (list: ObjectDifference[], old: string, fresh: string): Markup => {
  if (list.length === 0) return html`<p class="verdict">${status('ok', 'No difference beside data was found.')}</p>`
  return html`<div class="wide"><table class="dense"><thead><tr><th>Kind</th><th>Name</th><th>What</th><th>${old}</th><th>${fresh}</th></tr></thead><tbody>${list.map(
    (one) =>
      html`<tr><td>${one.kind}</td><td class="m wrap">${one.name}</td><td class="wrap">${one.what}${one.meaning ? html`<br><span class="t2">${one.meaning}</span>` : null}</td><td class="m wrap">${value(one.old)}</td><td class="m wrap">${value(one.new)}</td></tr>`
  )}</tbody></table></div>`
}

const value = (text: string | null): Markup =>
  text === null ? html`<span class="t3">none</span>` : html`${text.slice(0, 600)}`
