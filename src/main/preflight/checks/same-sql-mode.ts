import { type Check, ok, warn } from '../check'
import { setVariable, variable, variablesShown } from '../evidence'
import { rolesOf } from '../stage'

const modesOf = (text: string): string[] => text.split(',').filter(Boolean).sort()

export const sameSqlMode: Check = {
  id: 'H02',
  group: 'variables',
  title: 'sql_mode is the same',
  why: 'It decides whether a bad value is refused or quietly changed.',
  judge: (facts) => {
    const { active, passive } = rolesOf(facts)
    const [now, then] = [variable(active, 'sql_mode') ?? '', variable(passive, 'sql_mode') ?? '']
    const [here, there] = [modesOf(now), modesOf(then)]
    const evidence = [variablesShown(active, 'sql_mode'), variablesShown(passive, 'sql_mode')]
    const lacks = here.filter((mode) => !there.includes(mode))
    const adds = there.filter((mode) => !here.includes(mode))
    if (lacks.length === 0 && adds.length === 0) return [ok({ title: 'The same', evidence })]
    return [
      warn({
        title: `sql_mode differs: ${[...lacks.map((mode) => `−${mode}`), ...adds.map((mode) => `+${mode}`)].join(' ')}`,
        consequence: 'Statements that the shop sends today may be refused, or take other values, on the new server.',
        evidence,
        remedies: [
          setVariable(
            passive,
            'sql_mode',
            now,
            `Give ${passive.name} the mode of ${active.name}; write it into the configuration as well.`,
            true
          )
        ]
      })
    ]
  }
}
