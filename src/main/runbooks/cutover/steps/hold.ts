import { fail, failureOf } from '../../../../shared/failure'
import type { SqlAction } from '../../../../shared/runbook'
import type { Hands, RunFacts, Step } from '../../../runbook/step'
import { type CutoverFacts, type CutoverTools, letGoMsOf, sessionNames, tagOf } from '../facts'
import { type Hold, type Live, momentThere, sleptMs } from '../live'
import { markHold, pingHold, sameServer } from '../words'

/**
 * Two orders can keep the lock away from each other: one waits for a row of the other, and the other's next statement waits
 * behind the lock. No server sees that ring (row locks are InnoDB's, this one is not), so it is asked for shortly and often:
 * in between the writers go on.
 */
const lockWaitSeconds = 1
const asks = 4
const breathMs = 250
const lockNotFree = 1205

const inHold = (facts: CutoverFacts, statements: string[], changes: boolean): SqlAction => ({
  kind: 'sql',
  server: facts.from.id,
  session: sessionNames.hold,
  statements,
  onePacket: true,
  changes
})

/** A write that waits as long as the hold stands: answered, the server takes writes again. */
const writeAgain = (facts: CutoverFacts): SqlAction => ({
  kind: 'sql',
  server: facts.from.id,
  session: sessionNames.operate,
  statements: [facts.from.say.heartbeat()],
  onePacket: true,
  changes: true
})

/** One packet: lease, the server's clock, lock, and what is read under it. */
const holdPacket = (facts: RunFacts<CutoverFacts>): SqlAction => {
  const { fixed } = facts
  return inHold(
    fixed,
    [
      sameServer(fixed.from.capabilities.identity),
      markHold(tagOf(facts)),
      ...fixed.from.say.lease(fixed.move.thresholds.leaseSeconds),
      fixed.from.say.clock(),
      ...fixed.from.say.hold(lockWaitSeconds, fixed.move.thresholds.leaseSeconds),
      fixed.from.say.position()
    ],
    true
  )
}

/** Renews the lease, and breaks when it was lost, when the budget is used up, or when this computer slept. */
export const keepHold = (
  hands: Hands,
  runFacts: RunFacts<CutoverFacts>,
  tools: CutoverTools,
  granted: Omit<Hold, 'broken' | 'lost' | 'stop'>
): Hold => {
  const facts = runFacts.fixed
  let lost: string | null = null
  let breakIt: (error: unknown) => void = () => {}
  const broken = new Promise<never>((_resolve, reject) => {
    breakIt = reject
  })
  broken.catch(() => {})
  const lose = (why: string) => {
    if (lost !== null) return
    lost = why
    stop()
    breakIt(
      fail('conflict', 'The hold was let go.', {
        why,
        try: ['Nothing has changed: look at the reason, then start again.']
      })
    )
  }
  const every = Math.min(1000, (facts.move.thresholds.leaseSeconds * 1000) / 3)
  let last = { mono: hands.now(), wall: tools.wall() }
  let renewedAt = hands.now()
  const ping = setInterval(() => {
    const now = { mono: hands.now(), wall: tools.wall() }
    const late = Math.max(now.mono - last.mono, Math.abs(now.wall - last.wall)) - every
    last = now
    if (late > sleptMs)
      return lose(`This computer stood still for ${Math.round(late / 1000)} s; nothing goes on by itself after that.`)
    hands
      .sql(inHold(facts, [pingHold(tagOf(runFacts))], false), { deadlineMs: facts.move.thresholds.leaseSeconds * 1000 })
      .then(
        (answers) => {
          if (answers[0]?.[0]?.held !== '1') lose('The session that held the lock is gone.')
          else renewedAt = hands.now()
        },
        (error: unknown) => lose(failureOf(error).what)
      )
  }, every)
  const limitMs = letGoMsOf(facts.move)
  const limit = setTimeout(
    () =>
      lose(
        `Writes had waited for ${limitMs / 1000} s, ${Math.round(facts.move.thresholds.letGoAt * 100)} % of the budget.`
      ),
    Math.max(0, granted.sentAt + limitMs - hands.now())
  )
  const stop = () => {
    clearInterval(ping)
    clearTimeout(limit)
  }
  const leaseMs = facts.move.thresholds.leaseSeconds * 1000
  const seen = (): string | null => {
    if (lost === null && hands.now() - renewedAt > leaseMs) lose('The lease was not renewed in time.')
    return lost
  }
  return { ...granted, broken, lost: seen, stop }
}

/** Asks for the lock until it is free, and says when the last asking was sent. */
const askForHold = async (hands: Hands, action: SqlAction, tools: CutoverTools, deadlineMs: number) => {
  for (let asked = 1; ; asked++) {
    const sent = { at: hands.now(), wall: tools.wall() }
    try {
      return { answers: await hands.sql(action, { deadlineMs }), sent }
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code !== lockNotFree) throw error
      if (asked === asks)
        throw fail('timeout', `The lock was not free within ${lockWaitSeconds} s, ${asks} times.`, {
          ...failure,
          why: 'A statement runs that long, or orders wait for each other’s rows again and again. Writers went on after each time.',
          try: ['Look for long statements in the process list.', 'Try again when fewer orders come in.']
        })
      hands.note(
        `The lock was not free within ${lockWaitSeconds} s: writes waited that long and went on, then it was asked for again.`
      )
      await hands.pause(breathMs)
    }
  }
}

/** Writes wait, under a lease that frees itself; the position is read in the same packet. */
export const hold = (live: Live, tools: CutoverTools): Step<CutoverFacts> => ({
  id: 'hold',
  group: 'Writes wait, under a lease',
  title: 'Hold',
  why: 'Writers wait and get no error. A lock that is not free within a second is asked for again. If this computer dies, the server ends the session after the lease and the shop goes on: nothing has changed.',
  server: (facts) => facts.from.id,
  deadlineMs: asks * (lockWaitSeconds * 1000 + breathMs),
  actions: (facts) => [holdPacket(facts)],
  perform: async (hands, facts, actions) => {
    const { fixed } = facts
    const [action] = actions
    if (action?.kind !== 'sql') return
    if (live.armedAnswer)
      throw fail('conflict', 'The new server is not armed any more.', {
        where: fixed.to.name,
        why: live.armedAnswer.kind === 'closed' ? live.armedAnswer.why : 'It has opened.'
      })
    const deadlineMs = fixed.move.thresholds.leaseSeconds * 1000 + 2000
    const { answers, sent } = await askForHold(hands, action, tools, deadlineMs)
    const grantedAt = hands.now()
    const clock = answers.find((rows) => rows[0]?.now_us !== undefined)?.[0]
    const beganAt = momentThere(live, fixed.from.id, clock, { sent: sent.at, heard: grantedAt }, sent.at)
    live.hold = keepHold(hands, facts, tools, {
      sentAt: sent.at,
      grantedAt,
      beganAt,
      beganWall: Math.round(sent.wall + beganAt - sent.at),
      position: answers.at(-1)?.[0] ?? {}
    })
  },
  confirm: async () => {
    if (!live.hold)
      throw fail('conflict', 'The hold ended with the app that held it.', {
        try: ['Nothing has changed: put everything back and start again.']
      })
    const executed = (live.hold.position.executed ?? '').replace(/\s+/g, '')
    return {
      done: true,
      evidence: `writes wait at ${executed}`,
      learned: { position: executed, holdAt: String(live.hold.beganWall) }
    }
  },
  undo: ({ fixed }) => ({
    kind: 'actions',
    actions: [inHold(fixed, [fixed.from.say.letGo()], true), writeAgain(fixed)]
  }),
  performUndo: async (hands, { fixed }) => {
    live.hold?.stop()
    // A session that is gone holds nothing any more.
    await hands.sql(inHold(fixed, [fixed.from.say.letGo()], true), { deadlineMs: 3000 }).catch(() => undefined)
    live.hold = null
  },
  confirmUndone: async (hands, { fixed }) => {
    await hands.sql(writeAgain(fixed), { deadlineMs: 8000 })
    return { done: true, evidence: `${fixed.from.name} has taken a write again` }
  }
})
