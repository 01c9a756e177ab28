import { type Check, eachServer, ok, stopUnlessWaived } from '../check'
import { shown, variable, variablesShown } from '../evidence'
import { value } from '../facts'

const variables = [
  'replicate_do_db',
  'replicate_ignore_db',
  'replicate_do_table',
  'replicate_ignore_table',
  'replicate_wild_do_table',
  'replicate_wild_ignore_table'
]

export const noReplicationFilters: Check = {
  id: 'D05',
  group: 'replication',
  title: 'No replication filters',
  why: 'A filtered table is silently out of date on the other side.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const set = variables.filter((name) => variable(server, name))
      const links = value(server.links).filter((link) => link.filters.length > 0)
      const evidence = [
        shown(
          server.links,
          ['channel', 'filters'],
          links.map((link) => [link.channel, link.filters.join('; ')])
        ),
        ...(set.length > 0 ? [variablesShown(server, ...set)] : [])
      ]
      if (links.length === 0 && set.length === 0) return ok({ server, title: 'None', evidence })
      return stopUnlessWaived({
        server,
        title: `A replication filter is set: ${links[0]?.filters[0] ?? `${set[0]} ${variable(server, set[0] ?? '')}`}`,
        consequence: 'Tables that are filtered out would be stale on the new site without any error.',
        evidence,
        remedies: [
          {
            text: 'Remove the filter, then seed again: what it left out is missing.',
            server: null,
            statements: [],
            undo: [],
            safe: false
          }
        ]
      })
    })
}
