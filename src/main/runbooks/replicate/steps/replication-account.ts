import type { Json } from '../../../../shared/journal'
import { replicationSecret, secretPlaceholder } from '../../../../shared/secret'
import { quoteText } from '../../../mysql/identifiers'
import { statementsFor } from '../../../mysql/statements'
import { seedStatementsFor } from '../../../mysql/statements-seed'
import type { Hands, RunFacts, Step } from '../../../runbook/step'
import { unlogged } from '../../seed/seed-facts'
import { sqlAction } from '../../seed/sql-action'
import { accountHosts, type ReplicateEnd, type ReplicateFacts, replicationAccount } from '../replicate-facts'

const hostsOn = async (hands: Hands, server: string): Promise<string[]> =>
  (
    await hands.read(
      server,
      'operate',
      `SELECT Host AS host FROM mysql.user WHERE User = ${quoteText(replicationAccount)}`
    )
  ).map(({ host }) => host ?? '')

const drops = (end: ReplicateEnd, hosts: string[]) =>
  hosts.map((host) => statementsFor(end.can).dropAccount(replicationAccount, host))

const learnedHosts = 'replicate.hosts'

/** The hosts it was made for, which a later look may see differently: through a bridge that is down nothing is seen. */
const madeHosts = ({ fixed, learned }: RunFacts<ReplicateFacts>, snapshot: Json): string[] => {
  const before = Array.isArray(snapshot) ? snapshot : []
  const known = learned[learnedHosts]
  const hosts = known ? (JSON.parse(known) as string[]) : accountHosts(fixed)
  return hosts.filter((host) => !before.includes(host))
}

/** Made on the active side; the link carries it to the other one, where the reverse link needs it. */
export const replicationAccountStep: Step<ReplicateFacts> = {
  id: 'replication-account',
  group: 'Accounts and settings',
  title: 'Make the account that replication uses',
  why: 'It may replicate and nothing else, and only through the bridge. Its password is made by Siteswap and kept in the keychain.',
  server: (facts) => facts.old.id,
  deadlineMs: 10_000,
  actions: ({ fixed }) => {
    const say = statementsFor(fixed.old.can)
    return [
      sqlAction(
        fixed.old.id,
        accountHosts(fixed).flatMap((host) => [
          ...say.createAccount(replicationAccount, host, secretPlaceholder(replicationSecret)),
          ...say.grantReplication(replicationAccount, host)
        ])
      )
    ]
  },
  snapshot: (hands, { fixed }) => hostsOn(hands, fixed.old.id),
  confirm: async (hands, { fixed }) => {
    const hosts = await hostsOn(hands, fixed.old.id)
    const missing = accountHosts(fixed).filter((host) => !hosts.includes(host))
    return missing.length
      ? { done: false, why: `${replicationAccount}@${missing.join(', ')} is not there.` }
      : {
          done: true,
          learned: { [learnedHosts]: JSON.stringify(accountHosts(fixed)) },
          evidence: accountHosts(fixed)
            .map((host) => `${replicationAccount}@${host}`)
            .join(', ')
        }
  },
  undo: (facts, snapshot) => {
    const { fixed } = facts
    const made = madeHosts(facts, snapshot)
    if (made.length === 0) return { kind: 'nothing' }
    const { can } = fixed.new
    return {
      kind: 'actions',
      actions: [
        sqlAction(fixed.old.id, drops(fixed.old, made)),
        // the link is gone by now: the copy that had travelled is taken away by hand, outside the binary log
        sqlAction(
          fixed.new.id,
          [
            seedStatementsFor(can).refuseUnlessPassive(),
            'SET SESSION sql_log_bin = 0',
            ...(can.superReadOnly ? ['SET GLOBAL super_read_only = 0'] : []),
            ...drops(fixed.new, made),
            ...(can.superReadOnly ? ['SET GLOBAL super_read_only = 1'] : [])
          ],
          unlogged
        )
      ]
    }
  },
  confirmUndone: async (hands, facts, snapshot) => {
    const { fixed } = facts
    const made = madeHosts(facts, snapshot)
    const left = [...(await hostsOn(hands, fixed.old.id)), ...(await hostsOn(hands, fixed.new.id))].filter((host) =>
      made.includes(host)
    )
    return left.length
      ? { done: false, why: `${replicationAccount}@${left.join(', ')} is still there.` }
      : { done: true, evidence: `${replicationAccount} is gone from both servers` }
  }
}
