import { numberOf } from '../../mysql/words'
import { type Check, guarded, info, ok, warn } from '../check'
import { setVariable, variable, variablesShown } from '../evidence'
import { isLinked, notYet, rolesOf } from '../stage'

export const autoIncrementApart: Check = {
  id: 'G16',
  group: 'schema',
  title: 'New ids of the two servers cannot collide',
  why: 'Two orders with one number, one on each side, break replication in both directions.',
  judge: (facts) => {
    const roles = rolesOf(facts)
    return guarded(null, () => {
      const [a, b] = [facts.old, facts.new].map((server) => ({
        increment: numberOf(variable(server, 'auto_increment_increment'), 1),
        offset: numberOf(variable(server, 'auto_increment_offset'), 1)
      }))
      const evidence = [facts.old, facts.new].map((server) =>
        variablesShown(server, 'auto_increment_increment', 'auto_increment_offset')
      )
      if (!a || !b) return []
      const apart = a.increment === b.increment && a.increment >= 2 && (a.offset - b.offset) % a.increment !== 0
      if (apart) return ok({ title: `Every ${a.increment}th number, offsets ${a.offset} and ${b.offset}`, evidence })
      if (!isLinked(roles)) return info({ title: notYet, evidence })
      return warn({
        title: `Increments ${a.increment} and ${b.increment}, offsets ${a.offset} and ${b.offset}: ids may collide`,
        consequence:
          'With one writer at a time nothing happens; one stray write on the passive side would take an order number twice.',
        evidence,
        remedies: [
          setVariable(facts.old, 'auto_increment_increment', '2', 'The old server takes odd numbers.', false),
          setVariable(facts.old, 'auto_increment_offset', '1', 'The old server takes odd numbers.', false),
          setVariable(facts.new, 'auto_increment_increment', '2', 'The new server takes even numbers.', false),
          setVariable(facts.new, 'auto_increment_offset', '2', 'The new server takes even numbers.', false)
        ]
      })
    })
  }
}
