import { judgeGrants } from '../mysql/needed-grants'
import type { Fact, ServerFacts } from './facts'

/** A server leaves out of these answers, without a word, what the account may not see. */
const filtered = {
  processes: { what: 'the sessions of others', rights: ['PROCESS'] },
  tables: { what: 'all tables', rights: ['SELECT'] },
  keyed: { what: 'the keys of all tables', rights: ['SELECT'] },
  events: { what: 'all events', rights: ['EVENT'] },
  definers: {
    what: 'all views, routines, triggers and events',
    rights: ['SELECT', 'SHOW VIEW', 'TRIGGER', 'EVENT', 'SHOW_ROUTINE']
  }
} satisfies Partial<Record<keyof ServerFacts, { what: string; rights: string[] }>>

/** Facts of which the account saw only its own part are not known: a list that may be cut short is never judged. */
export const withoutParts = (facts: ServerFacts): ServerFacts => {
  const { ownGrants, rightsKnown, ownSession } = facts
  if (!ownGrants.known || !rightsKnown.known || !ownSession.known) return facts
  const { account } = ownSession.value
  const { missingToObserve } = judgeGrants({ account, known: rightsKnown.value, lines: ownGrants.value })
  const judged = <T>(fact: Fact<T>, { what, rights }: { what: string; rights: string[] }): Fact<T> => {
    const missing = rights.filter((right) => missingToObserve.includes(right))
    if (!fact.known || missing.length === 0) return fact
    const failure = {
      kind: 'denied' as const,
      what: `${account} may not see ${what}: it lacks ${missing.join(', ')}.`,
      where: facts.server,
      try: ['Grant what check A10 names.']
    }
    return { known: false, failure, evidence: fact.evidence }
  }
  return {
    ...facts,
    processes: judged(facts.processes, filtered.processes),
    tables: judged(facts.tables, filtered.tables),
    keyed: judged(facts.keyed, filtered.keyed),
    events: judged(facts.events, filtered.events),
    definers: judged(facts.definers, filtered.definers)
  }
}
