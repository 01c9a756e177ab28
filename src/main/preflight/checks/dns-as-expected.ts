import { type Check, ok, warn } from '../check'
import { shown } from '../evidence'
import { value } from '../facts'

const same = (a: readonly string[], b: readonly string[]) =>
  [...a].sort().join(' ').toLowerCase() === [...b].sort().join(' ').toLowerCase()

export const dnsAsExpected: Check = {
  id: 'K06',
  group: 'network',
  title: 'DNS says what the move expects',
  why: 'Servers that disagree, or a value that nobody knew of, show up as lost visitors on the day.',
  judge: (facts) => {
    if (facts.move.domains.length === 0) return []
    return value(facts.domains).flatMap((state) => {
      const domain = facts.move.domains.find(({ name }) => name === state.name)
      const answered = state.answers.filter((answer) => !answer.failure)
      if (!domain || answered.length === 0) return []
      const evidence = [
        shown(
          facts.domains,
          ['asked', 'values'],
          answered.map((it) => [it.resolver, it.values.join(' ')])
        )
      ]
      const stray = answered.find(({ values }) => !same(values, domain.oldValues) && !same(values, domain.newValues))
      const first = answered[0]
      const split = answered.some(({ values }) => !same(values, first?.values ?? []))
      if (!stray && !split) return [ok({ title: `${domain.name}: ${first?.values.join(', ')}`, evidence })]
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
