import { quoteAccount } from '../../mysql/identifiers'
import { type Check, guarded, ok, stopUnlessWaived } from '../check'
import { count, remedy, shown, some } from '../evidence'
import { type Account, type ServerFacts, value } from '../facts'
import { isLinked, rolesOf } from '../stage'

const loopback = ['127.0.0.1', 'localhost', '::1']

/** Whether an account's host pattern lets in a client that the server sees under this address. */
export const letsIn = (pattern: string, address: string): boolean => {
  const wanted = pattern.toLowerCase()
  const seen = address.toLowerCase()
  if (wanted === '%' || wanted === '' || wanted === seen) return true
  if (loopback.includes(wanted) && loopback.includes(seen)) return true
  const mask = /^(\d+\.\d+\.\d+\.\d+)\/(\d+\.\d+\.\d+\.\d+|\d{1,2})$/.exec(wanted)
  if (mask) {
    const [base, bits, client] = [ipv4(mask[1] ?? ''), maskBits(mask[2] ?? ''), ipv4(seen)]
    return base !== null && bits !== null && client !== null && ((base ^ client) & bits) === 0
  }
  const regex = wanted
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.')
  return new RegExp(`^${regex}$`).test(seen)
}

const ipv4 = (text: string): number | null => {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number)
  return parts ? parts.reduce((sum, part) => (sum << 8) | part, 0) : null
}

const maskBits = (text: string): number | null =>
  text.includes('.') ? ipv4(text) : Number(text) === 0 ? 0 : -1 << (32 - Number(text))

/** Accounts that the shop uses now on a server. Sessions of the host itself are tools of its owner, unless they count, too. */
export const usedAccounts = (server: ServerFacts, from: 'anywhere' | 'other hosts'): string[] => [
  ...new Set(
    value(server.processes)
      .filter(
        ({ user, host, command }) =>
          (from === 'anywhere' || !loopback.includes(host)) &&
          user !== server.ownUser &&
          !user.startsWith('siteswap') &&
          !['system user', 'event_scheduler', 'unauthenticated user', ''].includes(user) &&
          !command.startsWith('Binlog Dump')
      )
      .map(({ user }) => user)
  )
]

export const accountsLetIn: Check = {
  id: 'G21',
  group: 'schema',
  title: 'The shop’s accounts are let in from where it will come from',
  why: 'After the redirect the old web servers arrive through the bridge, as 127.0.0.1, and the new ones from new addresses.',
  judge: (facts) => {
    const roles = rolesOf(facts)
    return guarded(roles.passive, () => {
      const used = usedAccounts(roles.active, 'other hosts')
      // Before the seeding its accounts are those of the active server.
      const owner = isLinked(roles) ? roles.passive : roles.active
      const accounts = value(owner.accounts).filter(({ isRole }) => !isRole)
      const here = facts.move[roles.passive.side].servers.filter(({ kind }) => kind !== 'database')
      const arrivals = ['127.0.0.1', ...here.flatMap(({ addresses }) => addresses)]
      const refused = used.flatMap((user) => {
        const patterns = accounts.filter((account) => account.user === user)
        const from = arrivals.filter((address) => !patterns.some(({ host }) => letsIn(host, address)))
        return from.length > 0 ? [{ user, from, patterns }] : []
      })
      const evidence = [
        shown(
          owner.accounts,
          ['account', 'will come from', 'let in'],
          used.flatMap((user) =>
            arrivals.map((address) => [
              accounts
                .filter((account) => account.user === user)
                .map(({ host }) => `${user}@${host}`)
                .join(', ') || `${user} (none)`,
              address,
              refused.some((it) => it.user === user && it.from.includes(address)) ? 'no' : 'yes'
            ])
          )
        )
      ]
      if (refused.length === 0)
        return ok({
          server: roles.passive,
          title:
            used.length === 0 ? 'The shop is not connected now' : `${count(used.length, 'account')} in use, all let in`,
          evidence
        })
      return stopUnlessWaived({
        server: roles.passive,
        title: `${some(refused.map(({ user }) => user))} would not be let in from ${some([...new Set(refused.flatMap(({ from }) => from))])}`,
        consequence: 'After the redirect the shop could not sign in to the new database: every order would fail.',
        evidence,
        remedies: refused.map(({ user, from, patterns }) => twin(owner, user, from, patterns))
      })
    })
  }
}

/** The statements that show what the new accounts have to be like; hashes never pass through the app. */
const twin = (owner: ServerFacts, user: string, from: string[], patterns: Account[]) =>
  remedy({
    text: `Create ${from.map((address) => `${user}@${address}`).join(', ')} on ${owner.name} like the account it has: take password hash and rights from these two statements.`,
    server: owner,
    statements: patterns.slice(0, 1).flatMap(({ host }) => {
      const account = quoteAccount(user, host)
      return [`SHOW CREATE USER ${account}`, `SHOW GRANTS FOR ${account}`]
    })
  })
