import { fail } from '../../../shared/failure'
import type { Finding, Remedy } from '../../../shared/finding'
import type { Runbook, Seen, Step } from '../../runbook/step'
import { sqlAction } from '../seed/sql-action'

/** One remedy of one finding, as it was shown. */
export interface RemedyFacts {
  check: string
  title: string
  text: string
  server: string
  statements: string[]
  undo: string[]
}

/** The remedy that can be applied from the app; rejects when the finding has none. */
export const remedyFactsOf = (finding: Finding): RemedyFacts => {
  const remedy = finding.remedies.find((candidate): candidate is Remedy & { server: string } =>
    Boolean(candidate.safe && candidate.server && candidate.statements.length)
  )
  if (!remedy)
    throw fail('not-found', `“${finding.title}” has no remedy that Siteswap can apply.`, {
      try: ['Follow the words of the finding by hand, then check again.']
    })
  const { text, server, statements, undo } = remedy
  return { check: finding.check, title: finding.title, text, server, statements, undo }
}

/**
 * A runbook of one step. `judgeAgain` asks the check once more and says whether the finding is gone; without it the
 * step ends when the statements were accepted and the next preflight judges.
 */
export const makeRemedyRunbook = (facts: RemedyFacts, judgeAgain?: () => Promise<Seen>): Runbook<RemedyFacts> => ({
  kind: 'remedy',
  title: `Remedy: ${facts.title}`,
  facts,
  steps: [applyRemedy(judgeAgain)],
  confirmWords: null,
  onFailure: 'stop'
})

const applyRemedy = (judgeAgain?: () => Promise<Seen>): Step<RemedyFacts> => {
  let sent = false
  return {
    id: 'apply-remedy',
    group: 'Remedy',
    title: 'Apply the remedy',
    why: 'Exactly these statements, and no others.',
    server: (facts) => facts.server,
    deadlineMs: 30_000,
    actions: ({ fixed }) => [sqlAction(fixed.server, fixed.statements)],
    perform: async (hands, _facts, actions) => {
      for (const action of actions) if (action.kind === 'sql') await hands.sql(action)
      sent = true
    },
    confirm: async () => {
      if (judgeAgain) return judgeAgain()
      return sent
        ? { done: true, evidence: 'the server accepted the statements; preflight judges it anew' }
        : { done: false, why: 'The statements were not sent by this session of Siteswap.' }
    },
    undo: ({ fixed }) =>
      fixed.undo.length
        ? { kind: 'actions', actions: [sqlAction(fixed.server, fixed.undo)] }
        : { kind: 'impossible', why: 'This remedy has no way back that is known to be exact.' }
  }
}
