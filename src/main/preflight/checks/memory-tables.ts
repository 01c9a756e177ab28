import { type Check, eachServer, ok, warn } from '../check'
import { count, shown, some } from '../evidence'
import { value } from '../facts'

export const memoryTables: Check = {
  id: 'E17',
  group: 'binlog',
  title: 'No MEMORY tables',
  why: 'After a restart a server logs a DELETE of its own for each of them, even when it is sealed.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const tables = value(server.tables).filter((table) => table.engine.toUpperCase() === 'MEMORY')
      const names = tables.map(({ schema, table }) => `${schema}.${table}`)
      const evidence = [
        shown(
          server.tables,
          ['table', 'engine'],
          names.map((name) => [name, 'MEMORY'])
        )
      ]
      return tables.length === 0
        ? ok({ server, title: 'None', evidence })
        : warn({
            server,
            title: `${count(tables.length, 'MEMORY table')}: ${some(names)}`,
            consequence:
              'A restart empties them and leaves a transaction of its own in the log, which looks like somebody wrote past the seal.',
            evidence,
            remedies: [
              {
                text: 'Turn them into InnoDB tables, or do not restart either server during the move.',
                server: null,
                statements: [],
                undo: [],
                safe: false
              }
            ]
          })
    })
}
