import { statementsFor } from '../../mysql/statements'
import { type Check, eachServer, info, ok, stop } from '../check'
import { remedy, shown } from '../evidence'
import { value } from '../facts'
import { linksFrom, notYet, rolesOf } from '../stage'

export const linksRun: Check = {
  id: 'D01',
  group: 'replication',
  title: 'Both links run without errors',
  why: 'A stopped link falls further behind with every order.',
  judge: (facts) =>
    eachServer(facts, (server, partner) => {
      const words = statementsFor(value(server.capabilities))
      const links = [...linksFrom(server, partner), ...value(server.links).filter((link) => link.sourceServerId === 0)]
      const evidence = [
        shown(
          server.links,
          ['channel', 'receiver', 'applier', 'error'],
          links.map((it) => [
            it.channel,
            it.receiver,
            it.applier,
            [it.receiverError, it.applierError]
              .flatMap((error) => (error ? [`${error.code} ${error.text}`] : []))
              .join('; ')
          ])
        )
      ]
      if (links.length === 0) {
        const isPassive = server === rolesOf(facts).passive
        return info({
          server,
          title: isPassive ? notYet : 'No link back yet: the station Replicate makes both',
          evidence
        })
      }
      const bad = links.find((it) => it.receiver !== 'running' || it.applier !== 'running' || it.applierError)
      if (!bad) return ok({ server, title: `Follows ${partner.name} without errors`, evidence })
      const error = bad.applierError ?? bad.receiverError
      return stop({
        server,
        title: error
          ? `The link from ${partner.name} fails: error ${error.code}`
          : `The link from ${partner.name} is ${bad.receiver === 'connecting' ? 'connecting' : 'stopped'}`,
        consequence:
          `${server.name} no longer gets the orders. ${bad.applierError ? 'An applier error means that the two servers already differ: compare them (station Drift) before going on.' : ''}`.trim(),
        evidence,
        remedies: error
          ? []
          : [
              remedy({
                text: 'Start the link.',
                server,
                statements: words.startLink(bad.channel),
                undo: words.stopLink(bad.channel),
                safe: true
              })
            ]
      })
    })
}
