import { isOn } from '../../mysql/words'
import { type Check, eachServer, ok, stopUnlessWaived, warn } from '../check'
import { ownName, variable, variablesShown } from '../evidence'

export const replicaUpdatesLogged: Check = {
  id: 'E02',
  group: 'binlog',
  title: 'What is replicated is logged, too',
  why: 'Otherwise the new server’s log holds only part of the data’s history, and no third server can follow it.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const evidence = [variablesShown(server, 'log_replica_updates')]
      if (isOn(variable(server, 'log_replica_updates'))) return ok({ server, title: 'On', evidence })
      const name = ownName(server, 'log_replica_updates')
      const words = {
        server,
        title: `${name} is off${server.side === 'new' ? ': the way back has gaps' : ''}`,
        consequence:
          'Its binary log misses what came from the other site: a restored backup or another replica of this server would be incomplete.',
        evidence,
        remedies: [
          {
            text: `Add ${name} = ON to the configuration of ${server.name} and restart it.`,
            server: null,
            statements: [],
            undo: [],
            safe: false
          }
        ]
      }
      return server.side === 'new' ? stopUnlessWaived(words) : warn(words)
    })
}
