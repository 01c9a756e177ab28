import { type Check, eachServer, ok, stop } from '../check'
import { shown } from '../evidence'
import { value } from '../facts'

export const noDelay: Check = {
  id: 'C09',
  group: 'replication',
  title: 'No configured delay',
  why: 'A delayed replica waits on purpose, and so would every customer during the hold.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const links = value(server.links)
      if (links.length === 0) return []
      const delayed = links.filter((link) => link.configuredDelaySeconds > 0)
      const evidence = [
        shown(
          server.links,
          ['channel', 'delay'],
          links.map((link) => [link.channel, `${link.configuredDelaySeconds} s`])
        )
      ]
      return delayed.length === 0
        ? ok({ server, title: 'None', evidence })
        : stop({
            server,
            title: `A link waits ${delayed[0]?.configuredDelaySeconds} s on purpose`,
            consequence: 'The write pause would be at least as long.',
            evidence,
            remedies: [
              {
                text: 'Stop the applier, set the delay to 0 and start it again.',
                server: null,
                statements: [],
                undo: [],
                safe: false
              }
            ]
          })
    })
}
