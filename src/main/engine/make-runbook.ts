import type { DriftState } from '../../shared/drift'
import { type Failure, fail } from '../../shared/failure'
import type { PreflightState } from '../../shared/finding'
import type { JournalEntry } from '../../shared/journal'
import { databasePair, type Move } from '../../shared/move'
import { retiredIn } from '../../shared/retired'
import type { Run, RunbookKind } from '../../shared/runbook'
import type { DomainState, Topology } from '../../shared/topology'
import type { Canary } from '../canary/canary'
import { gatherRepair } from '../drift/gather-repair'
import { runDrift } from '../drift/run-drift'
import { remedyOf, runPreflight } from '../preflight/run'
import type { Reach } from '../reach/reach'
import type { Reaching } from '../runbook/run'
import type { Runbook, Seen } from '../runbook/step'
import { prepareCutover } from '../runbooks/cutover/prepare-cutover'
import { bridgeAndGone } from '../runbooks/finish/behind-bridge'
import { gatherFinishFacts } from '../runbooks/finish/gather-finish-facts'
import { makeFinishRunbook } from '../runbooks/finish/make-finish-runbook'
import { gatherLinkFacts } from '../runbooks/link/gather-link-facts'
import { makeLinkRunbook } from '../runbooks/link/make-link-runbook'
import { bridgeEyes } from '../runbooks/link/see-through'
import { makeRemedyRunbook, remedyFactsOf } from '../runbooks/remedy/make-remedy-runbook'
import { makeRepairRunbook, repairFactsOf } from '../runbooks/repair/make-repair-runbook'
import { gatherReplicateFacts } from '../runbooks/replicate/gather-replicate-facts'
import { makeReplicateRunbook } from '../runbooks/replicate/make-replicate-runbook'
import { gatherSeedFacts } from '../runbooks/seed/gather-seed-facts'
import { makeSeedRunbook } from '../runbooks/seed/make-seed-runbook'
import type { MadeRunbook } from './run-desk'

/** What the runbooks of one opened move are made from. */
export interface RunbookSources {
  reach: Reach
  reaching: Reaching
  move: Move
  operator: string
  preflight(): PreflightState
  drift(): DriftState
  topology(): Topology | null
  runs(): Run[]
  canary(): Canary | null
  entries(): readonly JournalEntry[]
  domainSeen(state: DomainState): void
}

const made = <F extends { blockers: MadeRunbook['blockers']; warnings: string[] }>(
  facts: F,
  runbook: Runbook<F>
): MadeRunbook => ({
  runbook,
  blockers: facts.blockers,
  warnings: facts.warnings
})

const remedy = (subject: string | null, sources: RunbookSources): MadeRunbook => {
  const state = sources.preflight()
  if (state.kind !== 'done' || !subject)
    throw fail('conflict', 'There is no finding to remedy: preflight has not run.', { try: ['Run preflight first.'] })
  const { finding } = remedyOf(state.result, subject)
  const judgeAgain = async (): Promise<Seen> => {
    const result = await runPreflight({ reach: sources.reach, move: sources.move, signal: AbortSignal.timeout(30_000) })
    const left = result.findings.find(
      (one) =>
        one.check === finding.check &&
        one.server === finding.server &&
        (one.verdict === 'stop' || one.verdict === 'warn' || one.verdict === 'unknown')
    )
    return left ? { done: false, why: left.title } : { done: true, evidence: `asked again: ${finding.check} is well` }
  }
  const runbook = makeRemedyRunbook(remedyFactsOf(finding), judgeAgain)
  return { runbook, blockers: [], warnings: [] }
}

/** The table that differs is compared anew for its statements, and once more when they were sent. */
const repair = async (
  subject: string | null,
  resumed: Run | null,
  { reach, move }: { reach: Reach; move: Move }
): Promise<MadeRunbook> => {
  if (!subject?.includes('.'))
    throw fail('invalid', 'Which table is to be repaired?', { try: ['Name it as schema.table.'] })
  const pair = databasePair(move)
  const facts = resumed
    ? repairFactsOf(resumed)
    : await gatherRepair({ reach, move, table: subject, signal: AbortSignal.timeout(600_000) })
  const verify = async (): Promise<Seen> => {
    const state = await runDrift({
      reach,
      move: { ...move, schemas: [subject.slice(0, subject.indexOf('.'))] },
      oldServer: pair?.old.id ?? '',
      newServer: pair?.new.id ?? '',
      previous: { kind: 'never' },
      signal: AbortSignal.timeout(600_000),
      onChange: () => {},
      wish: { only: [subject] }
    })
    const told = state.kind === 'done' ? state.tables.find((one) => `${one.schema}.${one.table}` === facts.table) : null
    if (told?.verdict.kind === 'same') return { done: true, evidence: `compared again: ${facts.table} is the same` }
    if (told?.verdict.kind === 'differs' && told.verdict.rows <= facts.differing - facts.chunks.flat().length)
      return { done: true, evidence: `compared again: ${told.verdict.rows} rows are left to repair` }
    return {
      done: false,
      why:
        told?.verdict.kind === 'differs' ? `${told.verdict.rows} rows still differ.` : 'It could not be compared again.'
    }
  }
  return made(facts, makeRepairRunbook(facts, verify))
}

/** A bridge from a server to itself would be built and then never seen to carry. A server that does not answer is told of elsewhere. */
const sameServer = async ({ reach, move }: { reach: Reach; move: Move }): Promise<Failure | null> => {
  const pair = databasePair(move)
  if (!pair) return null
  const [old, fresh] = await Promise.all(
    [pair.old, pair.new].map((server) => reach.capabilities(server.id).catch(() => null))
  )
  if (!old || old.identity.key !== fresh?.identity.key) return null
  return {
    kind: 'invalid',
    what: 'Both ends of the pair are the same server.',
    where: `${pair.old.name} and ${pair.new.name}`,
    try: ['On Sites, check the addresses of both database servers.']
  }
}

/** Reads what is so now and makes the runbook of a kind. `resumed` is the interrupted run it is made for, if any. */
export const makeRunbook = async (
  kind: RunbookKind,
  subject: string | null,
  resumed: Run | null,
  sources: RunbookSources
): Promise<MadeRunbook> => {
  const prepare = { reach: sources.reach, move: sources.move }
  switch (kind) {
    case 'link': {
      const facts = await gatherLinkFacts(prepare)
      const same = await sameServer(prepare)
      const blockers = same ? [same, ...facts.blockers] : facts.blockers
      return { ...made(facts, makeLinkRunbook(facts, bridgeEyes(sources.reach, facts))), blockers }
    }
    case 'seed': {
      const facts = await gatherSeedFacts(prepare)
      return made(facts, makeSeedRunbook(facts))
    }
    case 'replicate': {
      const facts = await gatherReplicateFacts(prepare)
      return made(facts, makeReplicateRunbook(facts))
    }
    case 'finish': {
      const retired = retiredIn(subject)
      const facts = await gatherFinishFacts({ ...prepare, retired, entries: sources.entries() })
      return {
        ...made(facts, makeFinishRunbook(facts)),
        behind: bridgeAndGone(facts)
      }
    }
    case 'remedy':
      return remedy(subject, sources)
    case 'repair':
      return repair(subject, resumed, prepare)
    case 'rehearsal':
    case 'cutover':
    case 'reverse': {
      const { runbook, gates, blockers, warnings } = await prepareCutover({
        ...sources,
        kind,
        resumed,
        wall: () => Date.now()
      })
      return { runbook, gates, blockers, warnings }
    }
    default:
      return kind satisfies never
  }
}
