import { canarySecret, secretPlaceholder } from '../../../../shared/secret'
import { quoteText } from '../../../mysql/identifiers'
import { statementsFor } from '../../../mysql/statements'
import { numberOf } from '../../../mysql/words'
import type { Hands, Step } from '../../../runbook/step'
import { sqlAction } from '../../seed/sql-action'
import { canaryAccount, type ReplicateFacts } from '../replicate-facts'

const present = async (hands: Hands, server: string) => {
  const [row] = await hands.read(
    server,
    'operate',
    `SELECT (SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'siteswap') AS tables,
     (SELECT COUNT(*) FROM mysql.user WHERE User = ${quoteText(canaryAccount)}) AS accounts`
  )
  return { tables: numberOf(row?.tables), account: numberOf(row?.accounts) > 0 }
}

/** Siteswap's own small schema, written on the active side and seen arriving on the other: the first proof of the link. */
export const ownSchema: Step<ReplicateFacts> = {
  id: 'own-schema',
  group: 'Link to the new server',
  title: 'Write Siteswap’s own schema and see it arrive',
  why: 'Heartbeat, canary orders and the token live there. It is written on the old server only; its arrival proves the link.',
  server: (facts) => facts.old.id,
  deadlineMs: 60_000,
  actions: ({ fixed }) => {
    const say = statementsFor(fixed.old.can)
    return [
      sqlAction(fixed.old.id, say.ownSchema()),
      sqlAction(fixed.old.id, [
        ...say.createAccount(canaryAccount, '%', secretPlaceholder(canarySecret)),
        ...say.grantCanary(canaryAccount, '%')
      ]),
      sqlAction(fixed.old.id, [say.heartbeat()])
    ]
  },
  snapshot: (hands, { fixed }) => present(hands, fixed.old.id),
  confirm: async (hands, { fixed }) => {
    const [from, to] = await Promise.all([present(hands, fixed.old.id), present(hands, fixed.new.id)])
    if (from.tables === 0 || !from.account) return { done: false, why: `It is not on ${fixed.old.name}.` }
    if (to.tables < from.tables || !to.account) return { done: false, why: `It has not arrived on ${fixed.new.name}.` }
    const beat = async (server: string) =>
      (await hands.read(server, 'operate', statementsFor(fixed.old.can).readHeartbeat())).find(
        (row) => numberOf(row.server_id) === fixed.old.can.identity.serverId
      )?.at_us ?? null
    const [written, arrived] = [await beat(fixed.old.id), await beat(fixed.new.id)]
    if (written === null || arrived === null) return { done: false, why: 'The heartbeat has not arrived.' }
    const [position] = await hands.read(fixed.new.id, 'operate', statementsFor(fixed.new.can).position())
    return {
      done: true,
      evidence: `${to.tables} tables, the account ${canaryAccount} and a heartbeat of ${fixed.old.name} are on ${fixed.new.name}`,
      learned: { 'replicate.newPosition': (position?.executed ?? '').replace(/\s+/g, '') }
    }
  },
  undo: ({ fixed }, snapshot) => {
    const before = snapshot as { tables: number; account: boolean } | null
    const statements = [
      ...(before?.account ? [] : [statementsFor(fixed.old.can).dropAccount(canaryAccount, '%')]),
      ...(before && before.tables > 0 ? [] : ['DROP DATABASE IF EXISTS siteswap'])
    ]
    return statements.length ? { kind: 'actions', actions: [sqlAction(fixed.old.id, statements)] } : { kind: 'nothing' }
  },
  // the link still runs when this is undone, and takes the schema away on the other side too
  confirmUndone: async (hands, { fixed }, snapshot) => {
    const before = snapshot as { tables: number; account: boolean } | null
    const [from, to] = await Promise.all([present(hands, fixed.old.id), present(hands, fixed.new.id)])
    const gone = (seen: { tables: number; account: boolean }) =>
      (seen.tables === 0 || (before?.tables ?? 0) > 0) && (!seen.account || before?.account === true)
    if (!gone(from)) return { done: false, why: `It is still on ${fixed.old.name}.` }
    return gone(to)
      ? { done: true, evidence: 'gone from both servers' }
      : { done: false, why: `It is still on ${fixed.new.name}.` }
  }
}
