import { type Check, eachServer, ok, stop } from '../check'
import { count, shown } from '../evidence'
import { value } from '../facts'

export const noPreparedXa: Check = {
  id: 'F03',
  group: 'blockers',
  title: 'No prepared XA transactions',
  why: 'XA COMMIT passes through read_only and super_read_only: it would write on the sealed server.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const prepared = value(server.preparedXa)
      const evidence = [shown(server.preparedXa, ['prepared'], [[`${prepared}`]])]
      return prepared === 0
        ? ok({ server, title: 'None', evidence })
        : stop({
            server,
            title: `${count(prepared, 'prepared XA transaction')}`,
            consequence:
              'When it is committed after the throw, it changes the old server only: what it holds is lost for the new site.',
            evidence,
            remedies: [
              {
                text: 'Let its transaction manager finish it (XA COMMIT or XA ROLLBACK). Siteswap never decides that.',
                server: null,
                statements: ['XA RECOVER'],
                undo: [],
                safe: false
              }
            ]
          })
    })
}
