import { fail } from '../../../../shared/failure'
import { positionDistance } from '../../../../shared/gtid'
import type { SqlAction } from '../../../../shared/runbook'
import type { Hands, RunFacts, Step } from '../../../runbook/step'
import { type CutoverFacts, type CutoverSide, sessionNames } from '../facts'
import { guardedCheck } from '../guarded'
import { heldIn, type Live } from '../live'
import { positionToReach } from '../positions'
import { preparedXa } from '../words'

const packet = (side: CutoverSide, statements: string[]): SqlAction => ({
  kind: 'sql',
  server: side.id,
  session: sessionNames.operate,
  statements,
  onePacket: true,
  changes: false
})

const wanted = ({ fixed, learned }: RunFacts<CutoverFacts>): string =>
  positionToReach(fixed.from.capabilities.flavour, learned.position ?? '', fixed.to.capabilities.identity.serverId)

/** Wait, then read at once what the verification needs: one round trip when the follower is near. */
const waitPacket = (facts: RunFacts<CutoverFacts>): SqlAction => {
  const { to, guarded } = facts.fixed
  return packet(to, [
    to.say.waitFor(wanted(facts), 1).statement,
    to.say.position(),
    to.say.showLinks(),
    guardedCheck(guarded)
  ])
}
const secondRead = ({ fixed }: RunFacts<CutoverFacts>): SqlAction =>
  packet(fixed.from, [
    fixed.from.say.position(),
    fixed.from.say.openTransactions(),
    preparedXa,
    guardedCheck(fixed.guarded)
  ])

const stopped = (hands: Hands): Promise<never> =>
  new Promise((_resolve, reject) => {
    const stop = () => reject(fail('cancelled', 'Stopped by the operator.'))
    if (hands.signal.aborted) stop()
    else hands.signal.addEventListener('abort', stop, { once: true })
  })

/** The new server reaches the position that was read under the hold; the old one's is read a second time and must be the same. */
export const catchUp = (live: Live): Step<CutoverFacts> => ({
  id: 'catch-up',
  group: 'Writes wait, under a lease',
  title: 'Catch up',
  why: 'The last position is read after the hold, never before: what was written up to the last moment must have arrived.',
  server: (facts) => facts.to.id,
  deadlineMs: 1000,
  actions: (facts) => [waitPacket(facts), secondRead(facts)],
  perform: async (hands, facts) => {
    const held = heldIn(live)
    const from = hands.now()
    const give = Promise.race([held.broken, stopped(hands)])
    give.catch(() => {})
    const second = hands.sql(secondRead(facts), { deadlineMs: 5000 })
    second.catch(() => {})
    const reach = facts.fixed.to.say.waitFor(wanted(facts), 1)
    for (;;) {
      const answers = await Promise.race([hands.sql(waitPacket(facts), { deadlineMs: 10_000 }), give])
      const [waited, position, links, guarded] = answers
      if (reach.reached(waited?.[0])) {
        const [secondPosition, transactions, xa, guardedOnFrom] = await Promise.race([second, give])
        live.reached = {
          position: position?.[0] ?? {},
          links: links ?? [],
          guarded: guarded ?? [],
          guardedOnFrom: guardedOnFrom ?? [],
          secondPosition: secondPosition?.[0] ?? {},
          transactions: transactions ?? [],
          xa: xa ?? [],
          ms: hands.now() - from
        }
        return
      }
      const { flavour } = facts.fixed.from.capabilities
      const at = position?.[0] ?? {}
      const left = Number(
        positionDistance(flavour, flavour === 'mysql' ? (at.executed ?? '') : (at.replica_pos ?? ''), wanted(facts))
      )
      hands.progress({
        text: `${left} transactions left`,
        done: null,
        total: left,
        unit: 'transactions',
        perSecond: null,
        etaSeconds: null
      })
    }
  },
  confirm: async (_hands, facts) => {
    const held = heldIn(live)
    const { reached } = live
    if (!reached) return { done: false, why: 'The position has not been reached.' }
    const clean = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, '')
    if (clean(reached.secondPosition.executed) !== clean(held.position.executed))
      throw fail('conflict', 'The old server wrote something while writes waited.', {
        where: facts.fixed.from.name,
        why: `First ${clean(held.position.executed)}, then ${clean(reached.secondPosition.executed)}.`,
        try: ['Look for an account or a tool that writes past FLUSH TABLES WITH READ LOCK.']
      })
    const ids = reached.transactions.map((row) => row.id ?? '').filter(Boolean)
    return {
      done: true,
      evidence: `reached after ${Math.round(reached.ms)} ms; read twice, equal`,
      learned: { transactions: ids.join(','), caughtUpMs: String(Math.round(reached.ms)) }
    }
  },
  undo: () => ({ kind: 'nothing' })
})
