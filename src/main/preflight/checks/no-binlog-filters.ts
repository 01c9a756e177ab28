import { type Check, eachServer, ok, stop } from '../check'
import { shown } from '../evidence'
import { value } from '../facts'

export const noBinlogFilters: Check = {
  id: 'D06',
  group: 'replication',
  title: 'Every schema is in the binary log',
  why: 'What is not logged can never reach the other site.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const { doDb, ignoreDb } = value(server.binlogFilters)
      const evidence = [shown(server.binlogFilters, ['Binlog_Do_DB', 'Binlog_Ignore_DB'], [[doDb, ignoreDb]])]
      return doDb === '' && ignoreDb === ''
        ? ok({ server, title: 'Nothing is left out', evidence })
        : stop({
            server,
            title: doDb ? `Only ${doDb} is written to the binary log` : `${ignoreDb} is left out of the binary log`,
            consequence: 'Orders in the other schemas would stay on this server.',
            evidence,
            remedies: [
              {
                text: 'Remove binlog_do_db and binlog_ignore_db from the configuration and restart the server.',
                server: null,
                statements: [],
                undo: [],
                safe: false
              }
            ]
          })
    })
}
