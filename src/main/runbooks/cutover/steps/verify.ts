import { type Failure, fail } from '../../../../shared/failure'
import { linkStatusOf } from '../../../mysql/replica-status'
import type { Step } from '../../../runbook/step'
import { type CutoverFacts, sessionNames } from '../facts'
import { guardedDifferences } from '../guarded'
import { heldIn, type Live, type Reached } from '../live'
import { errantOn } from '../positions'

/** What speaks against the throw, from what was read while writes wait. */
export const judgeHeld = (facts: CutoverFacts, reached: Reached): Failure[] => {
  const { from, to } = facts
  const found: Failure[] = []
  const stop = (what: string, why: string, ...hints: string[]) =>
    found.push(fail('conflict', what, { where: to.name, why, try: hints }).failure)
  const link = reached.links.map(linkStatusOf).find((status) => status.channel === to.link?.channel)
  if (!link) stop('The link to the new server is gone.', 'It shows no such link any more.', 'Look at Replicate.')
  else if (link.applierError)
    stop(
      'The applier of the new server has an error.',
      `${link.applierError.code}: ${link.applierError.text}`,
      'Repair it, compare again, then start again.'
    )
  else if (link.applier !== 'running')
    stop('The applier of the new server does not run.', `It is ${link.applier}.`, 'Start the link.')
  const errant = errantOn(from.capabilities.flavour, reached.position, reached.secondPosition)
  if (errant !== '')
    stop('The new server has transactions of its own.', errant, 'Find out who wrote there, and compare again.')
  const differing = guardedDifferences(reached.guardedOnFrom, reached.guarded)
  if (differing.length > 0) stop('Tables differ at their ends.', differing.join(', '), 'Compare these tables on Drift.')
  if (reached.xa.length > 0)
    stop(
      'A prepared XA transaction waits on the old server.',
      `${reached.xa.length} prepared.`,
      'Commit it or roll it back: it would pass through the seal.'
    )
  return found
}

/** Under the hold: no error, nothing errant, the ends of the tables equal; whoever is inside a transaction is ended before it can commit. */
export const verify = (live: Live): Step<CutoverFacts> => ({
  id: 'verify',
  group: 'Writes wait, under a lease',
  title: 'Verify',
  why: 'A COMMIT after the seal fails, and a second one would answer OK with nothing saved: such sessions are ended while they cannot commit.',
  server: () => 'both',
  deadlineMs: 1000,
  actions: ({ fixed, learned }) => {
    const ids = (learned.transactions ?? '').split(',').filter(Boolean)
    return [
      {
        kind: 'app',
        text: `Compare ${fixed.guarded.length} guarded tables by count, highest key and checksum of their tail; read link, errant transactions and XA.`
      },
      ...(fixed.kind === 'rehearsal'
        ? []
        : ids.map((id) => ({
            kind: 'sql' as const,
            server: fixed.from.id,
            session: sessionNames.operate,
            statements: [fixed.from.say.kill(id)],
            onePacket: true,
            changes: true
          })))
    ]
  },
  perform: async (hands, { fixed }, actions) => {
    const held = heldIn(live)
    // A session that has ended by itself meanwhile needs no end.
    const ends = actions.map((action) =>
      action.kind === 'sql' ? hands.sql(action, { deadlineMs: 3000 }).catch(() => undefined) : undefined
    )
    await Promise.race([Promise.all(ends), held.broken])
    const [first] = live.reached ? judgeHeld(fixed, live.reached) : []
    if (first) throw fail(first.kind, first.what, first)
  },
  confirm: async (_hands, { fixed }) => {
    heldIn(live)
    if (!live.reached) return { done: false, why: 'Nothing has been read.' }
    const ended =
      fixed.kind === 'rehearsal' ? '' : `; ${live.reached.transactions.length} sessions inside a transaction ended`
    return {
      done: true,
      evidence: `${fixed.guarded.length} tables equal at their ends, no applier error, nothing errant, no XA${ended}`
    }
  },
  undo: () => ({ kind: 'nothing' })
})
