import {
  formatGtidSet,
  formatMariadbGtids,
  missingMariadbGtids,
  parseGtidSet,
  parseMariadbGtids,
  subtractGtidSets
} from '../../../shared/gtid'
import { type Check, guarded, info, ok, stop } from '../check'
import { shown } from '../evidence'
import { type ServerFacts, value } from '../facts'
import { comparable, isLinked, rolesOf } from '../stage'

/** Transactions of the passive server that the active one does not have, as text. The passive one was read first. */
const errantOf = (passive: ServerFacts, active: ServerFacts): string => {
  const { flavour, identity } = value(active.capabilities)
  const [own, other] = [value(passive.position), value(active.position)]
  if (flavour === 'mysql') {
    const extra = subtractGtidSets(parseGtidSet(own.executed), parseGtidSet(other.executed))
    // What the active server wrote itself can only be newer than our reading of it.
    return formatGtidSet(new Map([...extra].filter(([key]) => key.split(':')[0] !== identity.uuid)))
  }
  const mine = BigInt(value(passive.capabilities).identity.serverId)
  const written = parseMariadbGtids(own.binlogState).filter((gtid) => gtid.server === mine)
  const known = parseMariadbGtids([other.executed, other.replicaPos].filter(Boolean).join(','))
  return formatMariadbGtids(missingMariadbGtids(known, written))
}

export const noErrantTransactions: Check = {
  id: 'E10',
  group: 'binlog',
  title: 'The passive server wrote nothing of its own',
  why: 'A transaction that only the passive server has would suddenly run on the other side, or break the link, once the roles change.',
  judge: (facts) => {
    const roles = rolesOf(facts)
    const { active, passive } = roles
    return guarded(passive, () => {
      comparable(roles)
      const errant = errantOf(passive, active)
      const evidence = [
        shown(
          passive.position,
          ['executed', 'binlog state'],
          [[value(passive.position).executed, value(passive.position).binlogState]]
        ),
        shown(
          active.position,
          ['executed', 'replicated'],
          [[value(active.position).executed, value(active.position).replicaPos]]
        )
      ]
      if (errant === '') return ok({ server: passive, title: 'None', evidence })
      if (!isLinked(roles))
        return info({
          server: passive,
          title: `${passive.name} has transactions of its own: ${errant.slice(0, 80)}`,
          consequence: 'Seeding begins its binary log anew, so they do not reach the old site.',
          evidence
        })
      return stop({
        server: passive,
        title: `Transactions that only ${passive.name} has: ${errant.slice(0, 80)}`,
        consequence: 'Somebody wrote to the passive server. The two differ already, and the link back may break on it.',
        evidence,
        remedies: [
          {
            text: 'Look at them with mysqlbinlog, compare the data (station Drift), then seed again or repair.',
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
