import { quoteId } from '../../mysql/identifiers'
import { runbookRights } from '../../mysql/runbook-rights'
import { type Check, eachServer, ok, stopUnlessWaived } from '../check'
import { remedy, shown } from '../evidence'
import { value } from '../facts'

/** Rights on `*.*` in the lines of SHOW GRANTS; `all` for ALL PRIVILEGES. */
export const globalRights = (grants: readonly string[]): Set<string> | 'all' => {
  const found = new Set<string>()
  for (const grant of grants) {
    const match = /^GRANT (.+) ON \*\.\* TO /i.exec(grant)
    if (!match) continue
    if (/^ALL PRIVILEGES$/i.test(match[1] ?? '')) return 'all'
    for (const right of (match[1] ?? '').split(',')) found.add(right.trim().toUpperCase())
  }
  return found
}

export const ownRights: Check = {
  id: 'A10',
  group: 'identity',
  title: 'Siteswap’s account may do what the runbooks need',
  why: 'A right that is missing in the middle of a cutover is found out at the worst moment.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const grants = value(server.ownGrants)
      const rights = globalRights(grants)
      // Hashes of old servers stand in the same line as the grants.
      const lines = grants.map((grant) => [grant.replace(/ IDENTIFIED BY PASSWORD '[^']*'/i, '')])
      const evidence = [shown(server.ownGrants, ['grant'], lines)]
      const needed = runbookRights(value(server.capabilities))
      const missing = rights === 'all' ? [] : needed.filter((any) => !any.some((right) => rights.has(right)))
      if (missing.length === 0)
        return ok({ server, title: `${server.ownUser} has every right that is needed`, evidence })
      const names = missing.map((any) => any[0] ?? '')
      return stopUnlessWaived({
        server,
        title: `${server.ownUser} lacks ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`,
        consequence:
          'A runbook would fail on its way. Rights that come through a role which is not active do not count.',
        evidence,
        remedies: [
          remedy({
            text: 'Grant them, signed in as an administrator of that server.',
            server,
            statements: [`GRANT ${names.join(', ')} ON *.* TO ${quoteId(server.ownUser)}@${quoteId('%')}`]
          })
        ]
      })
    })
}
