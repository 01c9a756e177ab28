import { quoteText } from '../../../mysql/identifiers'
import { statementsFor } from '../../../mysql/statements'
import { seedStatementsFor } from '../../../mysql/statements-seed'
import type { Hands, Step } from '../../../runbook/step'
import { scriptAction } from '../../link/script-action'
import { shellWord } from '../../link/shell'
import { accountName, accountsScript } from '../accounts-script'
import { type Account, type SeedFacts, seedFiles, unlogged } from '../seed-facts'
import { unloggedAction } from '../sql-action'
import { placeScript, runWithPasswords } from './copy'

const plain = (account: { user: string; host: string }) => `${account.user}@${account.host}`

const proofs = async (hands: Hands, server: string, facts: SeedFacts): Promise<Map<string, string>> => {
  const can = server === facts.old.id ? facts.oldCan : facts.newCan
  const rows = await hands.read(server, 'operate', seedStatementsFor(can).proveAccounts())
  return new Map(rows.map((row) => [plain({ user: row.user ?? '', host: row.host ?? '' }), row.proof ?? '']))
}

/** Grants in one order and without the hashes that MariaDB prints among them. */
const grantsOf = async (hands: Hands, server: string, account: Account): Promise<string> => {
  const rows = await hands.read(server, 'operate', `SHOW GRANTS FOR ${accountName(account)}`)
  return rows
    .map((row) => (Object.values(row)[0] ?? '').replace(/ IDENTIFIED (BY PASSWORD|VIA) .*$/, ''))
    .sort()
    .join('\n')
}

/** Accounts with their grants and password hashes; applications sign in on the new server as on the old one. */
export const copyAccounts: Step<SeedFacts> = {
  id: 'copy-accounts',
  group: 'Accounts and events',
  title: 'Copy the accounts with their grants and passwords',
  why: 'Applications sign in on the new server exactly as on the old one. Password hashes go from server to server only.',
  server: (facts) => facts.new.id,
  deadlineMs: 120_000,
  actions: ({ fixed }) => {
    if (fixed.accounts.length === 0) return [{ kind: 'app', text: 'There is no account to copy.' }]
    const path = seedFiles(fixed.directory).accountsScript
    return [placeScript(fixed.new.id, path, accountsScript(fixed)), runWithPasswords(fixed, path)]
  },
  snapshot: async (hands, { fixed }) => [...(await proofs(hands, fixed.new.id, fixed)).keys()],
  confirm: async (hands, { fixed }) => {
    const [old, fresh] = await Promise.all([proofs(hands, fixed.old.id, fixed), proofs(hands, fixed.new.id, fixed)])
    const missing = fixed.accounts.filter((account) => old.has(plain(account)) && !fresh.has(plain(account)))
    if (missing.length)
      return { done: false, why: `${missing.map(accountName).join(', ')} are not on ${fixed.new.name}.` }
    const same = fixed.accounts.filter((account) => old.get(plain(account)) === fresh.get(plain(account)))
    const differ: string[] = []
    for (const account of same) {
      const [from, to] = await Promise.all([
        grantsOf(hands, fixed.old.id, account),
        grantsOf(hands, fixed.new.id, account)
      ])
      if (from !== to) differ.push(accountName(account))
    }
    if (differ.length) return { done: false, why: `The grants of ${differ.join(', ')} differ.` }
    const other = fixed.accounts.filter((account) => !same.includes(account) && old.has(plain(account)))
    const left = other.length
      ? `; ${other.map(accountName).join(', ')} had another password on ${fixed.new.name} and was left as it is`
      : ''
    return { done: true, evidence: `${same.length} accounts are equal in password and grants${left}` }
  },
  undo: ({ fixed }, snapshot) => {
    const before = Array.isArray(snapshot) ? snapshot : []
    const made = fixed.accounts.filter((account) => !before.includes(plain(account)))
    const path = shellWord(seedFiles(fixed.directory).accountsScript)
    if (made.length === 0) return { kind: 'nothing' }
    return {
      kind: 'actions',
      actions: [
        unloggedAction(
          fixed.new.id,
          made.map((account) =>
            account.role
              ? `DROP ROLE IF EXISTS ${accountName(account)}`
              : statementsFor(fixed.newCan).dropAccount(account.user, account.host)
          )
        ),
        scriptAction(fixed.new.id, [`rm -f ${path}`])
      ]
    }
  },
  confirmUndone: async (hands, { fixed }, snapshot) => {
    const before = Array.isArray(snapshot) ? snapshot : []
    const made = fixed.accounts.filter((account) => !before.includes(plain(account)))
    const wanted = made.map(({ user, host }) => `(User = ${quoteText(user)} AND Host = ${quoteText(host)})`)
    const rows = wanted.length
      ? await hands.read(fixed.new.id, unlogged, `SELECT User AS user FROM mysql.user WHERE ${wanted.join(' OR ')}`)
      : []
    return rows.length
      ? { done: false, why: `${rows.map((row) => row.user).join(', ')} are still there.` }
      : { done: true, evidence: `${made.length} accounts taken away again` }
  }
}
