import { type Check, guarded, info, ok, stop, stopUnlessWaived } from '../check'
import { shown } from '../evidence'
import { value } from '../facts'
import { linksFrom, notYet, rolesOf } from '../stage'

export const followsDirectly: Check = {
  id: 'C05',
  group: 'replication',
  title: 'The passive server follows the active one, and only it',
  why: 'A link is known by the identity of its source, because through a tunnel every address is 127.0.0.1.',
  judge: (facts) => {
    const { active, passive } = rolesOf(facts)
    return guarded(passive, () => {
      const links = value(passive.links)
      const direct = linksFrom(passive, active)
      const evidence = [
        shown(
          passive.links,
          ['channel', 'source', 'source_server_id', 'source_uuid'],
          links.map((it) => [
            it.channel,
            `${it.sourceHost}:${it.sourcePort}`,
            `${it.sourceServerId}`,
            it.sourceUuid ?? ''
          ])
        )
      ]
      if (links.length === 0) return info({ server: passive, title: notYet, evidence })
      const strangers = links.filter((link) => !direct.includes(link) && link.sourceServerId !== 0)
      if (direct.length === 0 && strangers.length > 0)
        return stop({
          server: passive,
          title: `${passive.name} follows another server than ${active.name}`,
          consequence: 'What it holds is not what the shop writes.',
          evidence
        })
      if (strangers.length > 0)
        return stopUnlessWaived({
          server: passive,
          title: `${passive.name} also follows ${strangers.length} other server${strangers.length === 1 ? '' : 's'}`,
          consequence: 'Rows from elsewhere would mix with the shop’s orders.',
          evidence
        })
      return ok({ server: passive, title: `${passive.name} follows ${active.name}`, evidence })
    })
  }
}
