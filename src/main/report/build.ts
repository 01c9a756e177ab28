import type { CanaryLedger } from '../../shared/canary'
import type { DriftState } from '../../shared/drift'
import type { PreflightResult } from '../../shared/finding'
import type { JournalEntry } from '../../shared/journal'
import type { Move } from '../../shared/move'
import type { Report } from '../../shared/report'
import type { Decision, Run } from '../../shared/runbook'
import type { Topology } from '../../shared/topology'
import { measuredRun, summaryOf } from './summary'
import { withoutRows } from './without-rows'

export interface ReportSources {
  move: Move
  entries: readonly JournalEntry[]
  /** What is wrong with the journal file; null = its hash chain is intact. */
  problem: string | null
  runs: Run[]
  madeAt: number
  /** `Siteswap 1.0.0` */
  product: string
}

/** The report of a move: a pure function of its journal. */
export const buildReport = (sources: ReportSources): Report => {
  const { move, entries, problem, runs, madeAt } = sources
  const canary = ledgerOf(entries, measuredRun(runs))
  const undone = entries.flatMap(({ at, body }) =>
    body.type === 'undo-intent' && body.actions.length > 0
      ? [{ at, run: body.run, step: body.step, actions: body.actions }]
      : []
  )
  return {
    format: 'siteswap.report',
    version: 1,
    madeAt,
    product: sources.product,
    move: {
      id: move.id,
      name: move.name,
      old: move.old.name,
      new: move.new.name,
      domains: move.domains.map((domain) => domain.name)
    },
    summary: summaryOf(
      { old: move.old.name, new: move.new.name, subject: move.domains[0]?.name ?? move.name },
      runs,
      canary
    ),
    topologyBefore: first<Topology>(entries, 'topology-before'),
    topologyAfter: kept<Topology>(entries, 'topology-after'),
    preflight: withWaivers(kept<PreflightResult>(entries, 'preflight'), move),
    drift: kept<DriftState>(entries, 'drift'),
    ...withoutRows({ runs, undone }),
    canary,
    decisions: decisionsOf(entries),
    journal: {
      entries: entries.length,
      headHash: entries.at(-1)?.hash ?? '',
      intact: problem === null,
      problem
    }
  }
}

/** The books of the switch that is told, closed some seconds after its end; another run's would prove nothing of it. */
const ledgerOf = (entries: readonly JournalEntry[], run: Run | null): CanaryLedger | null => {
  const starts = (entry: JournalEntry): boolean => entry.body.type === 'run-started'
  const begun = run ? entries.findIndex(({ body }) => body.type === 'run-started' && body.run === run.id) : -1
  if (begun === -1) return kept<CanaryLedger>(entries, 'canary')
  const next = entries.findIndex((entry, index) => index > begun && starts(entry))
  return kept<CanaryLedger>(entries.slice(begun, next === -1 ? undefined : next), 'canary')
}

/** The newest document of a name; null documents (nothing was known then) are passed over. */
const kept = <T>(entries: readonly JournalEntry[], name: string): T | null => {
  const all = documents(entries, name)
  return (all.at(-1) as T | undefined) ?? null
}

/** Before the first cutover, not before the last one. */
const first = <T>(entries: readonly JournalEntry[], name: string): T | null =>
  (documents(entries, name)[0] as T | undefined) ?? null

const documents = (entries: readonly JournalEntry[], name: string): unknown[] =>
  entries.flatMap(({ body }) =>
    body.type === 'kept' && body.name === name && body.document !== null ? [body.document] : []
  )

/** Waivers given after the checks ran belong to their findings too. */
const withWaivers = (result: PreflightResult | null, move: Move): PreflightResult | null =>
  result && {
    ...result,
    findings: result.findings.map((finding) => ({
      ...finding,
      waiver:
        move.waivers.find(
          (waiver) => waiver.check === finding.check && (waiver.server ?? null) === finding.server && finding.waivable
        ) ?? null
    }))
  }

const decisionsOf = (entries: readonly JournalEntry[]): Decision[] =>
  entries.flatMap(({ at, body }) => (body.type === 'decision' ? [{ at, by: body.by, what: body.what }] : []))
