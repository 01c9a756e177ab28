import type { Evidence } from '../../../shared/finding'
import type { DomainState } from '../../../shared/topology'
import { type Check, ok, unknown, warn } from '../check'
import { duration, shown } from '../evidence'
import { FactUnknown, value } from '../facts'

/** No name server could be asked, or none has the record. */
export const nobodyAnswers = (name: string, answers: DomainState['answers'], asked: Evidence): FactUnknown => {
  const failure = answers.find((answer) => answer.failure)?.failure ?? {
    kind: 'not-found' as const,
    what: `Nobody answers for ${name}.`,
    try: ['Name its authoritative servers and resolvers in the station Sites.']
  }
  const answer = answers.map((it) => [name, it.resolver, it.failure?.what ?? it.values.join(' ')])
  return new FactUnknown(failure, { ...asked, columns: ['name', 'asked', 'answer'], answer })
}

export const dnsTtlShort: Check = {
  id: 'K04',
  group: 'network',
  title: 'DNS answers are short-lived',
  why: 'Visitors keep the old address for as long as the TTL said when they asked.',
  judge: (facts) => {
    if (facts.move.domains.length === 0) return []
    const states = value(facts.domains)
    return facts.move.domains.flatMap((domain) => {
      const answers = states.find(({ name }) => name === domain.name)?.answers ?? []
      const answered = answers.filter((answer) => !answer.failure && answer.ttlSeconds !== null)
      const evidence = [
        shown(
          facts.domains,
          ['name', 'asked', 'values', 'ttl'],
          answers.map((it) => [
            domain.name,
            it.resolver,
            it.failure ? it.failure.what : it.values.join(' '),
            it.ttlSeconds === null ? '' : `${it.ttlSeconds} s`
          ])
        )
      ]
      if (answered.length === 0) return [unknown(nobodyAnswers(domain.name, answers, facts.domains.evidence), null)]
      const authoritative = answered.filter((answer) => answer.authoritative)
      const ttl = Math.max(
        ...(authoritative.length > 0 ? authoritative : answered).map((answer) => answer.ttlSeconds ?? 0)
      )
      const wanted = Math.max(domain.ttlSeconds, 60)
      if (ttl <= wanted) return [ok({ title: `${domain.name}: ${ttl} s`, evidence })]
      return [
        warn({
          title: `${domain.name} is kept for ${duration(ttl)}`,
          consequence: `For up to ${duration(ttl)} after the change visitors still reach the old web servers. They keep working, through the bridge, but the old site must stay up that long.`,
          evidence,
          remedies: [
            {
              text: `Set the TTL of ${domain.name} to ${domain.ttlSeconds} s now, and wait ${duration(ttl)} before the cutover.`,
              server: null,
              statements: [],
              undo: [],
              safe: false
            }
          ]
        })
      ]
    })
  }
}
