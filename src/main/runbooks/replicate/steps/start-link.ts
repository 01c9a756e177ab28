import { statementsFor } from '../../../mysql/statements'
import type { Step } from '../../../runbook/step'
import { sqlAction } from '../../seed/sql-action'
import { ownLink, seeRunning } from '../link-pair'
import { channelOf, type ReplicateFacts } from '../replicate-facts'

/** Starts one link and sees both of its threads run with the right server as source. `side` is the replica's. */
export const startLink = (side: 'old' | 'new'): Step<ReplicateFacts> => {
  const other = side === 'old' ? 'new' : 'old'
  return {
    id: side === 'new' ? 'start-link' : 'start-reverse-link',
    group: side === 'new' ? 'Link to the new server' : 'Reverse link',
    title: side === 'new' ? 'Start the link' : 'Start the reverse link',
    why: 'It counts as running when the replica says so and names the right server as its source.',
    server: (facts) => facts[side].id,
    deadlineMs: 30_000,
    actions: ({ fixed }) => [
      sqlAction(fixed[side].id, statementsFor(fixed[side].can).startLink(channelOf(fixed[side].can)))
    ],
    confirm: (hands, { fixed }) => seeRunning(hands, fixed[side], fixed[other]),
    undo: ({ fixed }) => ({
      kind: 'actions',
      actions: [sqlAction(fixed[side].id, statementsFor(fixed[side].can).stopLink(channelOf(fixed[side].can)))]
    }),
    confirmUndone: async (hands, { fixed }) => {
      const link = await ownLink(hands, fixed[side])
      return !link || (link.receiver === 'stopped' && link.applier === 'stopped')
        ? { done: true, evidence: 'the link stands still' }
        : { done: false, why: `The receiver is ${link.receiver}, the applier ${link.applier}.` }
    }
  }
}
