import { type Check, ok, warn } from '../check'
import { asOnActive, variable, variablesShown } from '../evidence'
import { rolesOf } from '../stage'

const names = ['character_set_server', 'collation_server'] as const

export const sameCharacterSet: Check = {
  id: 'H04',
  group: 'variables',
  title: 'Character set and collation are the same',
  why: 'They are the defaults of everything created without saying so, and of connections of old clients.',
  judge: (facts) => {
    const { active, passive } = rolesOf(facts)
    const other = names.filter((name) => variable(active, name) !== variable(passive, name))
    const evidence = [active, passive].map((server) => variablesShown(server, ...names, 'init_connect'))
    if (other.length === 0) return [ok({ title: `${variable(active, 'collation_server')} on both`, evidence })]
    return [
      warn({
        title: `${variable(active, 'collation_server')} on ${active.name}, ${variable(passive, 'collation_server')} on ${passive.name}`,
        consequence: 'New tables sort and compare differently, and old clients may write other bytes.',
        evidence,
        remedies: other.map((name) => asOnActive(active, passive, name))
      })
    ]
  }
}
