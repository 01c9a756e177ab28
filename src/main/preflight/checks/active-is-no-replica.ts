import { type Check, guarded, ok, stopUnlessWaived } from '../check'
import { shown } from '../evidence'
import { value } from '../facts'
import { linksFrom, rolesOf } from '../stage'

export const activeIsNoReplica: Check = {
  id: 'C02',
  group: 'replication',
  title: 'The active server follows nobody else',
  why: 'Writes that arrive from a third server do not stop at the hold’s clients, and come in again after the cutover.',
  judge: (facts) => {
    const { active, passive } = rolesOf(facts)
    return guarded(active, () => {
      const back = linksFrom(active, passive)
      const others = value(active.links).filter((link) => !back.includes(link) && link.sourceServerId !== 0)
      const evidence = [
        shown(
          active.links,
          ['channel', 'source'],
          others.map((it) => [it.channel, `${it.sourceHost}:${it.sourcePort}`])
        )
      ]
      return others.length === 0
        ? ok({ server: active, title: 'No link from a third server', evidence })
        : stopUnlessWaived({
            server: active,
            title: `${active.name} itself follows ${others[0]?.sourceHost}:${others[0]?.sourcePort}`,
            consequence: 'Orders may be written on a server that is not part of this move.',
            evidence,
            remedies: [
              {
                text: 'Move that server instead, or end its link first.',
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
