import { formatGtidSet, parseGtidSet, subtractGtidSets } from '../../../shared/gtid'
import { type Check, guarded, info, ok, stop } from '../check'
import { shown } from '../evidence'
import { value } from '../facts'
import { isLinked, linksFrom, notYet, rolesOf } from '../stage'

/** ER_MASTER_FATAL_ERROR_READING_BINLOG: what the replica asks for is gone. */
const logGone = 1236

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
      const refused = linksFrom(passive, active).find((link) => link.receiverError?.code === logGone)
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
        title: refused ? 'The log it asks for is gone (error 1236)' : `Logs with ${missing.slice(0, 60)} are gone`,
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
