import { isOn } from '../../mysql/words'
import { type Check, eachServer, ok, stop } from '../check'
import { shown, variable, variablesShown } from '../evidence'
import { value } from '../facts'

export const noCluster: Check = {
  id: 'A09',
  group: 'identity',
  title: 'No Galera, no Group Replication',
  why: 'In a cluster a single server can neither be held nor sealed: its partners go on writing.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const members = value(server.groupMembers)
      const galera = isOn(variable(server, 'wsrep_on'))
      if (!galera && members === 0)
        return ok({ server, title: 'A single server', evidence: [variablesShown(server, 'wsrep_on')] })
      return stop({
        server,
        title: galera
          ? 'The server is a node of a Galera cluster'
          : `The server is one of ${members} in a replication group`,
        consequence: 'Sealing this one server would not stop the others: orders would be written on both sites.',
        evidence: galera
          ? [variablesShown(server, 'wsrep_on')]
          : [shown(server.groupMembers, ['members'], [[`${members}`]])],
        remedies: [
          {
            text: 'Move the cluster with its own tools, or reduce it to one server first.',
            server: null,
            statements: [],
            undo: [],
            safe: false
          }
        ]
      })
    })
}
