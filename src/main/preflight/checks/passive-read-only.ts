import { statementsFor } from '../../mysql/statements'
import { type Check, guarded, info, ok, stop } from '../check'
import { remedy, variablesShown } from '../evidence'
import { value } from '../facts'
import { isLinked, isReadOnly, notYet, rolesOf } from '../stage'
import { usedAccounts } from './accounts-let-in'

export const passiveReadOnly: Check = {
  id: 'H09',
  group: 'variables',
  title: 'The passive server is read-only',
  why: 'An application that finds it by mistake must get an error, not write orders that nobody sees.',
  judge: (facts) => {
    const roles = rolesOf(facts)
    const { passive } = roles
    return guarded(passive, () => {
      const evidence = [variablesShown(passive, 'read_only', 'super_read_only')]
      if (isReadOnly(passive)) return ok({ server: passive, title: 'It is', evidence })
      const words = statementsFor(value(passive.capabilities))
      const connected = usedAccounts(passive, 'anywhere').filter((user) => user !== 'root')
      const remedies = [
        remedy({
          text: `Close it for writes. After a restart it would be open again unless its configuration says: ${words.configLine(true)}`,
          server: passive,
          statements: words.setReadOnly(true),
          undo: words.setReadOnly(false),
          safe: connected.length === 0
        })
      ]
      if (!isLinked(roles)) return info({ server: passive, title: notYet, evidence })
      return stop({
        server: passive,
        title: `${passive.name} takes writes${connected.length > 0 ? `, and ${connected.join(', ')} ${connected.length === 1 ? 'is' : 'are'} connected to it` : ''}`,
        consequence:
          'Two servers take orders at once: what is written here is missing on the active side, or collides with it.',
        evidence,
        remedies
      })
    })
  }
}
