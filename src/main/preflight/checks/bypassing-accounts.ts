import { quoteAccount } from '../../mysql/identifiers'
import { superWritesPastReadOnly } from '../../mysql/judge-version'
import { type Check, eachServer, info, ok, stopUnlessWaived, warn } from '../check'
import { count, remedy, shown } from '../evidence'
import { type Privilege, type ServerFacts, value } from '../facts'
import { rolesOf } from '../stage'

const internal = new Set(['mysql.session', 'mysql.sys', 'mysql.infoschema', 'mariadb.sys', 'PUBLIC'])
const isLocal = (host: string) => ['localhost', '127.0.0.1', '::1'].includes(host)

interface Bypassing extends Privilege {
  through: string
  connected: number
  from: string[]
}

const bypassing = (server: ServerFacts): Bypassing[] => {
  const { superReadOnly, identity } = value(server.capabilities)
  const decisive = superReadOnly
    ? ['SUPER', 'CONNECTION ADMIN', 'SYSTEM VARIABLES ADMIN']
    : superWritesPastReadOnly(identity)
      ? ['SUPER', 'READ ONLY ADMIN']
      : ['READ ONLY ADMIN']
  const direct = value(server.privileges).filter(({ right }) => decisive.includes(right))
  const roles = value(server.roles)
  const processes = value(server.processes)
  const holders = new Map<string, Bypassing>()
  const add = (user: string, host: string, right: string, through: string) => {
    if (user === server.ownUser || internal.has(user) || user.startsWith('siteswap')) return
    const own = processes.filter((process) => process.user === user && matchesLoosely(process.host, host))
    const key = `${user}@${host}`
    if (!holders.has(key))
      holders.set(key, {
        user,
        host,
        right,
        through,
        connected: own.length,
        from: [...new Set(own.map((p) => p.host))]
      })
  }
  for (const { user, host, right } of direct) {
    const members = roles.filter(({ role }) => role === user)
    if (members.length === 0 || host !== '') add(user, host, right, right)
    for (const member of members) add(member.user, member.host, right, `role ${user}`)
  }
  return [...holders.values()].filter(({ host }) => host !== '')
}

/** An account's host pattern against the address in the process list. */
const matchesLoosely = (address: string, pattern: string): boolean => {
  if (pattern === '%' || pattern === address) return true
  if (isLocal(pattern) && isLocal(address)) return true
  const regex = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.')
  return new RegExp(`^${regex}$`, 'i').test(address)
}

export const bypassingAccounts: Check = {
  id: 'B02',
  group: 'bypass',
  title: 'Accounts that write past the seal',
  why: 'What they write on the old server after the throw stays there: those orders would be lost.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const all = bypassing(server)
      const { superReadOnly } = value(server.capabilities)
      // root on the host itself is a person or a script of the owner, not the shop.
      const isOwner = (account: Bypassing) => account.user === 'root' && isLocal(account.host)
      const used = all.filter((account) => account.connected > 0 && !isOwner(account))
      const evidence = [
        shown(
          server.privileges,
          ['account', 'through', 'connected now'],
          all.map((it) => [
            `${it.user}@${it.host}`,
            it.through,
            it.connected ? `${it.connected}, from ${it.from.join(', ')}` : 'no'
          ])
        )
      ]
      if (all.length === 0) return ok({ server, title: 'Only Siteswap’s own account may', evidence })
      if (superReadOnly)
        return info({
          server,
          title: `${count(all.length, 'account')} could turn the seal off`,
          consequence:
            'super_read_only refuses their writes, but they have the right to switch it off: nobody should during the cutover.',
          evidence
        })
      const remedies = all
        .filter((it) => !it.through.startsWith('role ') && !isLocal(it.host))
        .map((it) => {
          const account = quoteAccount(it.user, it.host)
          return remedy({
            text: `Take the right from ${it.user}@${it.host}; its open connections keep it until they reconnect.`,
            server,
            statements: [`REVOKE ${it.right} ON *.* FROM ${account}`],
            undo: [`GRANT ${it.right} ON *.* TO ${account}`],
            safe: it.right === 'READ ONLY ADMIN'
          })
        })
      const consequence = `There is no super_read_only here: ${count(all.length, 'account')} with ${all[0]?.right ?? ''} write through the seal, and what they write there is lost for the new site.`
      if (used.length > 0 && server === rolesOf(facts).active)
        return stopUnlessWaived({
          server,
          title: `${count(used.length, 'account')} ${used.length === 1 ? 'bypasses' : 'bypass'} read_only and ${used.length === 1 ? 'is' : 'are'} connected now`,
          consequence,
          evidence,
          remedies
        })
      const remote = all.filter((account) => !isLocal(account.host))
      if (used.length > 0 || remote.length > 0)
        return warn({
          server,
          title: `${count(all.length, 'account')} could write past read_only`,
          consequence,
          evidence,
          remedies
        })
      return info({
        server,
        title: 'Only local administrators could write past read_only',
        consequence: 'Nobody should sign in as one of them during the cutover.',
        evidence
      })
    })
}
