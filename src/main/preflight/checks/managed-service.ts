import { type Check, eachServer, ok, stopUnlessWaived } from '../check'
import { variable, variablesShown } from '../evidence'

export const managedService: Check = {
  id: 'A07',
  group: 'identity',
  title: 'Not a managed service',
  why: 'Managed databases refuse FLUSH TABLES WITH READ LOCK and SET GLOBAL read_only, on which hold and seal are built.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const basedir = variable(server, 'basedir') ?? ''
      const managed = basedir.startsWith('/rdsdbbin')
        ? 'Amazon RDS'
        : /cloudsql/i.test(basedir)
          ? 'Google Cloud SQL'
          : null
      const evidence = [variablesShown(server, 'basedir')]
      return managed === null
        ? ok({ server, title: 'A server of one’s own', evidence })
        : stopUnlessWaived({
            server,
            title: `The server runs on ${managed}`,
            consequence: 'The provider keeps the rights that the cutover needs; it would fail at the hold.',
            evidence,
            remedies: [
              { text: 'Use the provider’s own migration service.', server: null, statements: [], undo: [], safe: false }
            ]
          })
    })
}
