import { numberOf } from '../../mysql/words'
import { type Check, ok, warn } from '../check'
import { asOnActive, variable, variablesShown } from '../evidence'
import { rolesOf } from '../stage'

const names = [
  'max_connections',
  'max_allowed_packet',
  'wait_timeout',
  'group_concat_max_len',
  'table_open_cache'
] as const

export const limitsLargeEnough: Check = {
  id: 'H05',
  group: 'variables',
  title: 'The new server’s limits are not smaller',
  why: 'What fits today must fit tomorrow.',
  judge: (facts) => {
    const { active, passive } = rolesOf(facts)
    const smaller = names.filter((name) => numberOf(variable(passive, name)) < numberOf(variable(active, name)))
    const evidence = [active, passive].map((server) => variablesShown(server, ...names))
    if (smaller.length === 0) return [ok({ title: 'None is smaller', evidence })]
    return [
      warn({
        server: passive,
        title: smaller.map((name) => `${name} ${variable(passive, name)}, was ${variable(active, name)}`).join('; '),
        consequence: 'Under the same load the new server may refuse connections or statements.',
        evidence,
        remedies: smaller.map((name) => asOnActive(active, passive, name))
      })
    ]
  }
}
