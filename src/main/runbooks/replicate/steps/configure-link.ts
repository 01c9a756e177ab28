import { quoteText } from '../../../mysql/identifiers'
import { type StartPosition, statementsFor } from '../../../mysql/statements'
import type { RunFacts, Step } from '../../../runbook/step'
import { sqlAction } from '../../seed/sql-action'
import { followStatements, ownLink } from '../link-pair'
import { channelOf, type ReplicateFacts } from '../replicate-facts'

/**
 * Where the reverse link begins. MySQL finds it by itself. MariaDB is told the new server's own position, so that the old
 * one is not sent its own transactions again; gtid_slave_pos belongs to all links of a server, so it is left alone when
 * there are others.
 */
const startOf = (side: 'old' | 'new', { fixed, learned }: RunFacts<ReplicateFacts>): StartPosition =>
  side === 'old' && fixed.old.can.flavour === 'mariadb' && fixed.old.otherLinks === 0
    ? { kind: 'gtid', position: learned['replicate.newPosition'] ?? '‹position of the new server›' }
    : { kind: 'held' }

/** Tells one server where its source is. `side` is the replica's. */
export const configureLink = (side: 'old' | 'new'): Step<ReplicateFacts> => {
  const other = side === 'old' ? 'new' : 'old'
  return {
    id: side === 'new' ? 'configure-link' : 'configure-reverse-link',
    group: side === 'new' ? 'Link to the new server' : 'Reverse link',
    title: side === 'new' ? 'Tell the new server to follow the old one' : 'Tell the old server to follow the new one',
    why:
      side === 'new'
        ? 'It follows through its own end of the bridge, from exactly where the copy ended.'
        : 'It runs before the cutover: the first order on the new side then already flows back.',
    server: (facts) => facts[side].id,
    deadlineMs: 10_000,
    actions: (facts) => [
      sqlAction(facts.fixed[side].id, followStatements(facts.fixed[side], facts.fixed[other], startOf(side, facts)))
    ],
    snapshot: async (hands, { fixed }) => {
      const [row] = await hands.read(fixed[side].id, 'operate', statementsFor(fixed[side].can).position())
      return { replicaPos: row?.replica_pos ?? '' }
    },
    confirm: async (hands, { fixed }) => {
      const link = await ownLink(hands, fixed[side])
      const { host, port } = fixed[other].at
      return link?.sourceHost === host && link.sourcePort === port && link.usesGtid
        ? { done: true, evidence: `${fixed[side].name} is to follow ${host}:${port} by GTID` }
        : { done: false, why: link ? `It follows ${link.sourceHost}:${link.sourcePort}.` : 'There is no link.' }
    },
    undo: (facts, snapshot) => {
      const end = facts.fixed[side]
      const before = snapshot as { replicaPos: string } | null
      const restores = side === 'old' && end.can.flavour === 'mariadb' && end.otherLinks === 0 && before !== null
      return {
        kind: 'actions',
        actions: [
          sqlAction(end.id, [
            // configuring once more makes sure that there is something to forget, however far the step had come
            ...followStatements(end, facts.fixed[other], { kind: 'held' }),
            ...statementsFor(end.can).resetLink(channelOf(end.can)),
            ...(restores ? [`SET GLOBAL gtid_slave_pos = ${quoteText(before.replicaPos)}`] : [])
          ])
        ]
      }
    },
    confirmUndone: async (hands, { fixed }) =>
      (await ownLink(hands, fixed[side]))
        ? { done: false, why: 'The link is still configured.' }
        : { done: true, evidence: `${fixed[side].name} has forgotten the link` }
  }
}
