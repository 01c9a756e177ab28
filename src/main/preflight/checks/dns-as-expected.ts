import { type Check, info, ok, unknown, warn } from '../check'
import { shown, some } from '../evidence'
import { value } from '../facts'
import { nobodyAnswers } from './dns-ttl-short'

const same = (a: readonly string[], b: readonly string[]) =>
  [...a].sort().join(' ').toLowerCase() === [...b].sort().join(' ').toLowerCase()

export const dnsAsExpected: Check = {
  id: 'K06',
  group: 'network',
  title: 'DNS says what the move expects',
  why: 'Servers that disagree, or a value that nobody knew of, show up as lost visitors on the day.',
  judge: (facts) => {
    if (facts.move.domains.length === 0) return []
    const states = value(facts.domains)
    return facts.move.domains.flatMap((domain) => {
      const answers = states.find(({ name }) => name === domain.name)?.answers ?? []
      const answered = answers.filter((answer) => !answer.failure)
      const silent = answers.filter((answer) => answer.failure).map(({ resolver }) => resolver)
      if (answered.length === 0) return [unknown(nobodyAnswers(domain.name, answers, facts.domains.evidence), null)]
      const evidence = [
        shown(
          facts.domains,
          ['asked', 'values'],
          answers.map((it) => [it.resolver, it.failure ? it.failure.what : it.values.join(' ')])
        )
      ]
      const stray = answered.find(({ values }) => !same(values, domain.oldValues) && !same(values, domain.newValues))
      const first = answered[0]
      const split = answered.some(({ values }) => !same(values, first?.values ?? []))
      if (!stray && !split) {
        const title = `${domain.name}: ${first?.values.join(', ')}`
        if (silent.length === 0) return [ok({ title, evidence })]
        return [
          info({
            title: `${some(silent)} did not answer; elsewhere ${title}`,
            consequence: 'What visitors who ask there are told is not known.',
            evidence
          })
        ]
      }
      return [
        warn({
          title: stray
            ? `${stray.resolver} answers ${stray.values.join(', ') || 'nothing'} for ${domain.name}`
            : `Name servers disagree about ${domain.name}`,
          consequence: 'Some visitors are led elsewhere than the move believes.',
          evidence,
          remedies: [
            {
              text: 'Correct the record, or the values in the move.',
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
