import type { ObjectDifference } from '../../shared/drift'
import { failureOf } from '../../shared/failure'
import { statementsFor } from '../mysql/statements'
import { type CompareSession, isTransport } from './compare-session'

export interface AccountFacts {
  /** `user@host` */
  name: string
  plugin: string
  /** Never leaves this module: only whether both sides have the same is told. */
  proof: string
  grants: string[]
}

export type AccountsRead = { kind: 'read'; accounts: AccountFacts[] } | { kind: 'untold'; why: string }

/** Whether there is a password, of a hash and of what a snapshot keeps of one. */
const proofWord = (proof: string): string => (/^(print:none)?$/.test(proof) ? 'none' : 'set')

/** Accounts the servers make for themselves. */
const serverOwned = /^(mysql\.(sys|session|infoschema)|mariadb\.sys|event_scheduler|PUBLIC)@/

/** Reads accounts with their proof and canonical grants. */
export const readAccounts = async (session: CompareSession): Promise<AccountsRead> => {
  try {
    // Every column, because servers keep the hash under different names.
    const rows = await session.rows('SELECT * FROM mysql.user ORDER BY User, Host')
    const accounts: AccountFacts[] = []
    for (const row of rows) {
      const [user, host] = [row.User ?? '', row.Host ?? '']
      const name = `${user}@${host}`
      if (serverOwned.test(name) || (host === '' && session.capabilities.flavour === 'mariadb')) continue
      const grants = await session.cells(statementsFor(session.capabilities).showGrants(user, host))
      accounts.push({
        name,
        plugin: row.plugin || 'mysql_native_password',
        proof: row.authentication_string || row.Password || '',
        grants: canonicalGrants(grants.map((cells) => cells[0] ?? ''))
      })
    }
    return { kind: 'read', accounts }
  } catch (error) {
    if (isTransport(error)) throw error
    const failure = failureOf(error)
    return { kind: 'untold', why: failure.words ?? failure.what }
  }
}

/** Grants as sorted lines whose privileges are sorted too, without proofs, with one way of quoting. */
export const canonicalGrants = (lines: string[]): string[] =>
  lines
    .map((line) =>
      line
        .replace(/\s+IDENTIFIED\s+(BY|WITH|VIA)\b.*?(?=\s+(REQUIRE|WITH\s+(GRANT|MAX_))|$)/is, '')
        .replace(/'([^'`]*)'@'([^'`]*)'/g, '`$1`@`$2`')
        .replace(/\s+/g, ' ')
        .trim()
    )
    .map((line) => {
      const match = /^GRANT (.+?) ON (.+)$/is.exec(line)
      if (!match) return line
      return `GRANT ${splitPrivileges(match[1] ?? '')
        .sort()
        .join(', ')} ON ${match[2]}`
    })
    .sort()

/** Splits `SELECT (a, b), INSERT` at the commas outside parentheses; column lists are sorted. */
const splitPrivileges = (list: string): string[] => {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < list.length; at += 1) {
    if (list[at] === '(') depth += 1
    else if (list[at] === ')') depth -= 1
    else if (list[at] === ',' && depth === 0) {
      parts.push(list.slice(start, at))
      start = at + 1
    }
  }
  parts.push(list.slice(start))
  return parts.map((part) =>
    part.trim().replace(
      /\(([^)]*)\)/,
      (_, columns: string) =>
        `(${columns
          .split(',')
          .map((one) => one.trim())
          .sort()
          .join(', ')})`
    )
  )
}

/** Accounts that are not the same on both sides; never a password hash. */
export const compareAccounts = (old: AccountsRead, fresh: AccountsRead): ObjectDifference[] => {
  if (old.kind === 'untold' || fresh.kind === 'untold')
    return [
      {
        kind: 'account',
        name: 'all accounts',
        what: 'could not be compared',
        old: old.kind === 'untold' ? old.why : 'read',
        new: fresh.kind === 'untold' ? fresh.why : 'read'
      }
    ]
  const twins = new Map(fresh.accounts.map((account) => [account.name, account]))
  const differences: ObjectDifference[] = []
  for (const account of old.accounts) {
    const twin = twins.get(account.name)
    twins.delete(account.name)
    if (!twin) {
      differences.push(gone(account, true))
      continue
    }
    const say = (what: string, a: string | null, b: string | null): void => {
      if (a !== b) differences.push({ kind: 'account', name: account.name, what, old: a, new: b })
    }
    say('authentication plugin', account.plugin, twin.plugin)
    if (account.plugin === twin.plugin && account.proof !== twin.proof)
      differences.push({
        kind: 'account',
        name: account.name,
        what: 'password hash differs',
        old: proofWord(account.proof),
        new: proofWord(twin.proof)
      })
    const [missing, extra] = [without(account.grants, twin.grants), without(twin.grants, account.grants)]
    if (missing.length > 0 || extra.length > 0)
      differences.push({
        kind: 'account',
        name: account.name,
        what: 'grants',
        old: missing.join('; ') || null,
        new: extra.join('; ') || null
      })
  }
  for (const account of twins.values()) differences.push(gone(account, false))
  return differences
}

const without = (list: string[], other: string[]): string[] => list.filter((line) => !other.includes(line))

const gone = (account: AccountFacts, old: boolean): ObjectDifference => {
  const text = account.grants.join('; ')
  return {
    kind: 'account',
    name: account.name,
    what: 'exists on one side only',
    old: old ? text : null,
    new: old ? null : text
  }
}
