import { numberOf } from '../../mysql/words'
import { type Check, eachServer, ok, warn } from '../check'
import { setVariable, shown, variable } from '../evidence'
import { value } from '../facts'

export const connectionsToSpare: Check = {
  id: 'A13',
  group: 'identity',
  title: 'Connections are left for Siteswap',
  why: 'While writes wait, the shop opens more connections; the session that must undo needs one, too.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const status = value(server.status)
      const limit = numberOf(variable(server, 'max_connections'))
      const now = numberOf(status.Threads_connected)
      const most = numberOf(status.Max_used_connections)
      const evidence = [
        shown(
          server.status,
          ['Threads_connected', 'Max_used_connections', 'max_connections'],
          [[`${now}`, `${most}`, `${limit}`]]
        )
      ]
      if (now < limit * 0.9) return ok({ server, title: `${now} of ${limit} in use, ${most} at most so far`, evidence })
      return warn({
        server,
        title: `${now} of ${limit} connections are in use`,
        consequence: 'During the hold waiting orders pile up: new customers would be refused.',
        evidence,
        remedies: [
          setVariable(
            server,
            'max_connections',
            `${limit * 2}`,
            'Allow twice as many for the time of the move; each needs some memory.',
            false
          )
        ]
      })
    })
}
