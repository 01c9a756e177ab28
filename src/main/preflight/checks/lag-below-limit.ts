import { positionDistance } from '../../../shared/gtid'
import { type Check, guarded, info, ok, stop, warn } from '../check'
import { duration, shown } from '../evidence'
import { value } from '../facts'
import { comparable, isLinked, notYet, rolesOf } from '../stage'

/** A heartbeat is written once a second. */
const beatSeconds = 1

export const lagBelowLimit: Check = {
  id: 'D02',
  group: 'replication',
  title: 'Lag is below the limit',
  why: 'The hold lasts as long as the passive server needs to catch up. The servers’ own “seconds behind” is not believed: it says 0 when the line is silent.',
  judge: (facts) => {
    const roles = rolesOf(facts)
    const { active, passive } = roles
    return guarded(passive, () => {
      if (!isLinked(roles)) return info({ server: passive, title: notYet })
      comparable(roles)
      const limit = facts.move.thresholds.lagLimitSeconds
      const { flavour } = value(active.capabilities)
      const age = value(passive.heartbeatAgeSeconds)
      const there = value(active.position).executed
      const held = value(passive.position)
      const behind = positionDistance(flavour, [held.executed, held.replicaPos].filter(Boolean).join(','), there)
      const evidence = [
        shown(
          passive.heartbeatAgeSeconds,
          ['heartbeat age', 'transactions behind'],
          [[age === null ? 'no row' : `${age.toFixed(2)} s`, `${behind}`]]
        ),
        shown(active.position, ['position'], [[there]]),
        shown(passive.position, ['position'], [[held.replicaPos || held.executed]])
      ]
      if (behind === 0n) return ok({ server: passive, title: 'Has every transaction', evidence })
      if (age === null)
        return warn({
          server: passive,
          title: `${behind} transactions behind, and no heartbeat to measure the time`,
          consequence: 'How long the hold would last is not known.',
          evidence
        })
      const rested = active.ownBeatAgeSeconds?.known ? (active.ownBeatAgeSeconds.value ?? 0) : 0
      // A row that nobody writes grows old by itself: only what it is older here than there tells of lag.
      if (rested > limit + beatSeconds && age - rested <= limit)
        return warn({
          server: passive,
          title: `${behind} transactions behind; nobody has written a heartbeat for ${duration(rested)}`,
          consequence: 'How long the hold would last is not known: the time behind is measured by heartbeats.',
          evidence,
          remedies: [
            {
              text: 'Ask again in some seconds. If it stays so, see that the active server lets Siteswap write its heartbeat.',
              server: null,
              statements: [],
              undo: [],
              safe: false
            }
          ]
        })
      if (age <= limit + beatSeconds) return ok({ server: passive, title: `Below ${limit} s`, evidence })
      return stop({
        server: passive,
        title: `${duration(age)} behind, the limit is ${limit} s`,
        consequence: `Customers would wait at least ${duration(age)} while the new server catches up.`,
        evidence,
        remedies: [
          {
            text: 'Wait, or find out why the applier is slow (station Replicate).',
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
