import { type Check, eachServer, ok, stop } from '../check'
import { shown } from '../evidence'
import { value } from '../facts'

export const oneOperator: Check = {
  id: 'C07',
  group: 'replication',
  title: 'No other run is open',
  why: 'Two operators who switch the same shop work against each other.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const holder = value(server.claimHolder)
      const evidence = [shown(server.claimHolder, ['holder'], [[holder === null ? 'nobody' : `connection ${holder}`]])]
      if (holder === null) return ok({ server, title: 'Nobody has claimed the server', evidence })
      const process = server.processes.known ? server.processes.value.find(({ id }) => id === holder) : undefined
      const who = process ? `${process.user} from ${process.host}, for ${process.seconds} s` : `connection ${holder}`
      return stop({
        server,
        title: `The server is claimed by ${who}`,
        consequence: 'Another Siteswap is at work on this move. Only one may act.',
        evidence,
        remedies: [
          {
            text: 'Find the other operator. The claim ends when that session does.',
            server: null,
            statements: [],
            undo: [],
            safe: false
          }
        ]
      })
    })
}
