import { type Check, ok, warn } from '../check'
import { setVariable, variable, variablesShown } from '../evidence'
import { rolesOf } from '../stage'

const names = [
  'transaction_isolation',
  'autocommit',
  'innodb_lock_wait_timeout',
  'innodb_rollback_on_timeout',
  'innodb_autoinc_lock_mode'
] as const
const dynamic = new Set<string>(['transaction_isolation', 'autocommit', 'innodb_lock_wait_timeout'])

export const sameIsolation: Check = {
  id: 'H06',
  group: 'variables',
  title: 'Transactions behave the same',
  why: 'Isolation and lock waits decide what an order sees of the others.',
  judge: (facts) => {
    const { active, passive } = rolesOf(facts)
    const other = names.filter((name) => variable(active, name) !== variable(passive, name))
    const evidence = [active, passive].map((server) => variablesShown(server, ...names))
    if (other.length === 0) return [ok({ title: 'The same', evidence })]
    return [
      warn({
        server: passive,
        title: other
          .map((name) => `${name}: ${variable(active, name) ?? 'none'} → ${variable(passive, name) ?? 'none'}`)
          .join('; '),
        consequence: 'Deadlocks, waits and what a transaction sees would change with the move.',
        evidence,
        remedies: other
          .filter(
            (name) => dynamic.has(name) && variable(active, name) !== undefined && variable(passive, name) !== undefined
          )
          .map((name) =>
            setVariable(passive, name, variable(active, name) ?? '', `${name} as on ${active.name}.`, true)
          )
      })
    ]
  }
}
