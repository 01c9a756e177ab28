import { type Check, eachServer, ok, stopUnlessWaived, warn } from '../check'
import { shown } from '../evidence'
import { linksFrom } from '../stage'

export const throughTheBridge: Check = {
  id: 'D20',
  group: 'network',
  title: 'The links run through the bridge between the sites',
  why: 'Replication through a laptop ends when its lid closes.',
  judge: (facts) =>
    eachServer(facts, (server, partner) => {
      const links = linksFrom(server, partner)
      if (links.length === 0) return []
      const { bridge } = facts.move
      const expected = server.side === 'new' ? bridge?.oldAt : bridge?.newAt
      const evidence = [
        shown(
          server.links,
          ['channel', 'source'],
          links.map((it) => [it.channel, `${it.sourceHost}:${it.sourcePort}`])
        )
      ]
      const stray = links.find((it) => it.sourceHost !== expected?.host || it.sourcePort !== expected?.port)
      if (!stray) return ok({ server, title: 'Through the bridge', evidence })
      const loopback = /^(127\.|localhost$|::1$)/.test(stray.sourceHost)
      const title = `The link runs through ${stray.sourceHost}:${stray.sourcePort}, which is not the bridge`
      return loopback
        ? stopUnlessWaived({
            server,
            title,
            consequence:
              'It is a tunnel that this move does not know, perhaps from a person’s laptop; when it ends, so does replication.',
            evidence,
            remedies: [
              {
                text: 'Build the bridge (station Replicate) and point the link to it.',
                server: null,
                statements: [],
                undo: [],
                safe: false
              }
            ]
          })
        : warn({
            server,
            title,
            consequence: 'The two servers speak directly: make sure that the line is encrypted and stays.',
            evidence
          })
    })
}
