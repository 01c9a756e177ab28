import { type Check, eachServer, ok, stopUnlessWaived } from '../check'
import { setVariable, variable, variablesShown } from '../evidence'

export const rowFormat: Check = {
  id: 'E03',
  group: 'binlog',
  title: 'Rows are logged, not statements',
  why: 'A statement can do different things on two servers; a row cannot.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      // A server that no longer has the variable knows rows only.
      const format = (variable(server, 'binlog_format') ?? 'ROW').toUpperCase()
      const evidence = [variablesShown(server, 'binlog_format')]
      return format === 'ROW'
        ? ok({ server, title: 'ROW', evidence })
        : stopUnlessWaived({
            server,
            title: `binlog_format is ${format}`,
            consequence: 'Statements with NOW(), UUID(), LIMIT or triggers may give different rows on the new site.',
            evidence,
            remedies: [
              setVariable(
                server,
                'binlog_format',
                'ROW',
                'For new sessions at once; the shop’s open connections follow when they reconnect. Write it into the configuration as well.',
                true
              )
            ]
          })
    })
}
