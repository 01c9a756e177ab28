import { limitsOf } from '../../mysql/server-limits'
import { type Check, eachServer, ok, stopUnlessWaived } from '../check'
import { variablesShown } from '../evidence'
import { value } from '../facts'

const isCluster = (kind: string): boolean => kind === 'galera' || kind === 'group-replication'

export const managedService: Check = {
  id: 'A07',
  group: 'identity',
  title: 'Not a managed service',
  why: 'Managed databases refuse FLUSH TABLES WITH READ LOCK and SET GLOBAL read_only, on which hold and seal are built.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const variables = value(server.variables)
      const { version = '', version_comment: comment = '' } = variables
      const limit = limitsOf({ version, comment, variables }).find(({ kind }) => !isCluster(kind))
      const witness = limit?.seenBy.split(' = ')[0] ?? 'basedir'
      const evidence = [variablesShown(server, ...new Set(['basedir', witness]))]
      if (!limit) return ok({ server, title: 'A server of one’s own', evidence })
      return stopUnlessWaived({
        server,
        title: `The server runs on ${limit.name}`,
        consequence: `The provider keeps the rights that the cutover needs; it would fail at the hold. What is refused there: ${limit.cannot.join(' ')} What works: ${limit.can.join(' ')}`,
        evidence,
        remedies: [{ text: limit.instead, server: null, statements: [], undo: [], safe: false }]
      })
    })
}
