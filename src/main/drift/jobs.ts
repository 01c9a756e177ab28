import type { DriftState, TableDrift, TableVerdict } from '../../shared/drift'
import type { TablePair } from './compare-schema'
import { planTable, type TablePlan } from './table-plan'

/** One table of a comparison: to be compared, or settled without looking at rows. */
export type Job = { kind: 'compare'; drift: TableDrift; plan: TablePlan } | { kind: 'settled'; drift: TableDrift }

/** All tables of both sides, those with the most to lose first. */
export const jobsOf = (pairs: TablePair[], previous: DriftState): Job[] => {
  const before = new Map(
    previous.kind === 'never' ? [] : previous.tables.map((table) => [`${table.schema}\u0000${table.table}`, table])
  )
  return [...pairs]
    .sort((a, b) => risk(b, before) - risk(a, before) || bytesOf(b) - bytesOf(a) || nameOf(a).localeCompare(nameOf(b)))
    .flatMap((pair) => jobOf(pair, before) ?? [])
}

const jobOf = (pair: TablePair, before: Map<string, TableDrift>): Job | null => {
  const table = pair.old ?? pair.new
  if (!table) return null
  const last = before.get(`${table.schema}\u0000${table.name}`)
  const previous = last && settled(last.verdict)
  const drift: TableDrift = {
    schema: table.schema,
    table: table.name,
    estimatedRows: table.rows,
    bytes: table.bytes,
    verdict: { kind: 'queued' },
    ...(previous ? { previous } : {})
  }
  if (!pair.old || !pair.new) {
    drift.verdict = { kind: 'left-out', why: `it exists on the ${pair.old ? 'old' : 'new'} side only` }
    return { kind: 'settled', drift }
  }
  const result = planTable(pair.old, pair.new)
  if (result.kind === 'plan') return { kind: 'compare', drift, plan: result.plan }
  drift.verdict = { kind: 'left-out', why: result.why }
  return { kind: 'settled', drift }
}

const settled = (verdict: TableVerdict): TableVerdict | null =>
  verdict.kind === 'same' || verdict.kind === 'differs' || verdict.kind === 'inconclusive' ? verdict : null

/** Tables that differed the last time come first, then those written lately. */
const risk = (pair: TablePair, before: Map<string, TableDrift>): number => {
  const table = pair.old ?? pair.new
  const last = before.get(`${table?.schema}\u0000${table?.name}`)?.verdict.kind
  if (last === 'differs' || last === 'inconclusive') return 2
  return pair.old?.updated || pair.new?.updated ? 1 : 0
}

const bytesOf = (pair: TablePair): number => pair.old?.bytes ?? pair.new?.bytes ?? 0
const nameOf = (pair: TablePair): string => `${(pair.old ?? pair.new)?.schema}.${(pair.old ?? pair.new)?.name}`
