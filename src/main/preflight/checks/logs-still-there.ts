import { formatGtidSet, parseGtidSet, subtractGtidSets } from '../../../shared/gtid'
import { type Check, guarded, info, ok, stop } from '../check'
import { shown } from '../evidence'
import { value } from '../facts'
import { comparable, isLinked, linksFrom, notYet, rolesOf } from '../stage'

/** Error 1236, for which MySQL 8 and later say 13114, has many reasons; the words tell that what the replica asks for is gone. */
const isGone = ({ code, text }: { code: number; text: string }): boolean =>
  (code === 1236 || code === 13114) && /purged|could not find/i.test(text)

export const logsStillThere: Check = {
  id: 'E09',
  group: 'binlog',
  title: 'The active server still has the logs that the passive one needs',
  why: 'A replica that asks for a removed log can only be seeded again.',
  judge: (facts) => {
    const roles = rolesOf(facts)
    const { active, passive } = roles
    return guarded(passive, () => {
      if (!isLinked(roles)) return info({ server: passive, title: notYet })
      const refused = linksFrom(passive, active).find(({ receiverError }) => receiverError && isGone(receiverError))
      if (!refused) comparable(roles)
      const { purged } = value(active.position)
      const held = value(passive.position)
      const missing =
        value(active.capabilities).flavour === 'mysql'
          ? formatGtidSet(subtractGtidSets(parseGtidSet(purged), parseGtidSet(held.executed)))
          : ''
      const evidence = [
        shown(active.position, ['gtid_purged'], [[purged]]),
        shown(passive.position, ['held'], [[held.replicaPos || held.executed]])
      ]
      if (!refused && missing === '') return ok({ server: passive, title: 'They are there', evidence })
      return stop({
        server: passive,
        title: refused
          ? `The log it asks for is gone (error ${refused.receiverError?.code})`
          : `Logs with ${missing.slice(0, 60)} are gone`,
        consequence: 'These orders can no longer be replicated; the new server would lack them.',
        evidence,
        remedies: [
          {
            text: 'Seed the new server again (station Replicate).',
            server: null,
            statements: [],
            undo: [],
            safe: false
          }
        ]
      })
    })
  }
}
