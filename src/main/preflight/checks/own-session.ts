import { type Check, eachServer, ok, stop } from '../check'
import { shown, variablesShown } from '../evidence'
import { value } from '../facts'

export const ownSession: Check = {
  id: 'B09',
  group: 'bypass',
  title: 'Siteswap’s own sessions are clean',
  why: 'A session that is inside a transaction can neither hold nor seal.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const { connection, autocommit } = value(server.ownSession)
      const inside = value(server.transactions).some((transaction) => transaction.connection === connection)
      const evidence = [
        shown(server.ownSession, ['connection', 'autocommit'], [[`${connection}`, autocommit ? '1' : '0']])
      ]
      return autocommit && !inside
        ? ok({ server, title: 'No transaction of ours is open', evidence })
        : stop({
            server,
            title: autocommit ? 'Siteswap’s session is inside a transaction' : 'New sessions start without autocommit',
            consequence: 'The lock of the hold could not be taken, or would be given back by itself.',
            evidence: [...evidence, variablesShown(server, 'init_connect')],
            remedies: [
              {
                text: `Take what begins a transaction out of init_connect, or give ${server.ownUser} a right that init_connect passes over (CONNECTION_ADMIN, on MariaDB CONNECTION ADMIN).`,
                server: null,
                statements: [],
                undo: [],
                safe: false
              }
            ]
          })
    })
}
