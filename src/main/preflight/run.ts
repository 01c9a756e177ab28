import { fail } from '../../shared/failure'
import type { CheckInfo, Finding, PreflightResult, Remedy } from '../../shared/finding'
import type { Move, Waiver } from '../../shared/move'
import type { Reach } from '../reach/reach'
import { type Check, guarded, type Judgement } from './check'
import { checks } from './checks/index'
import type { PreflightFacts } from './facts'
import { gatherFacts } from './gather'
import { notYet } from './stage'
import { withWaivers } from './waive'

export interface PreflightOptions {
  reach: Reach
  /** The move as it is now, with its waivers. */
  move: Move
  signal: AbortSignal
}

/** Asks both servers once and judges. Reads only. Rejects only when no pair is chosen or it was cancelled. */
export const runPreflight = async (options: PreflightOptions): Promise<PreflightResult> => {
  const began = performance.now()
  const facts = await gatherFacts(options)
  options.signal.throwIfAborted()
  return {
    at: facts.at,
    tookMs: performance.now() - began,
    checks: checks.map(infoOf),
    findings: judgeAll(checks, facts, options.move.waivers)
  }
}

const infoOf = ({ id, group, title, why }: Check): CheckInfo => ({ id, group, title, why })

/** Findings of all checks in their order. Pure. */
export const judgeAll = (list: readonly Check[], facts: PreflightFacts, waivers: readonly Waiver[]): Finding[] => {
  const sides = new Map([
    [facts.old.server, facts.old.side],
    [facts.new.server, facts.new.side]
  ])
  const findings = list.flatMap((check) =>
    guarded(null, () => check.judge(facts)).map(
      (judged): Finding => ({
        ...judged,
        ...namedAfter(check, judged),
        check: check.id,
        side: judged.server === null ? null : (sides.get(judged.server) ?? null),
        waiver: null
      })
    )
  )
  return withWaivers(findings, waivers)
}

/** What is well, not set up yet or not known is called by the rule; what needs attention by what is wrong. */
const namedAfter = (
  check: Check,
  { verdict, title, consequence }: Judgement
): Pick<Finding, 'title' | 'consequence'> => {
  if (verdict === 'unknown')
    return { title: `Not known: ${check.title}`, consequence: `${title} ${consequence}`.trim() }
  return verdict === 'ok' || title === notYet ? { title: check.title, consequence: title } : { title, consequence }
}

/** The remedies with statements of the finding that a subject `check:server` names (`check:` for findings of the pair). */
export const remedyOf = (result: PreflightResult, subject: string): { finding: Finding; remedies: Remedy[] } => {
  const [check = '', server = ''] = subject.split(':')
  const finding = result.findings.find(
    (candidate) => candidate.check === check && (candidate.server ?? '') === server && candidate.remedies.length > 0
  )
  if (!finding)
    throw fail('not-found', `There is nothing to apply for ${subject}.`, {
      try: ['Run the preflight again: the finding may be gone.']
    })
  return { finding, remedies: finding.remedies.filter((remedy) => remedy.statements.length > 0) }
}
