import { failureOf } from '../../../../shared/failure'
import type { SqlAction } from '../../../../shared/runbook'
import { Halt, NothingSent, type RunFacts, type Step } from '../../../runbook/step'
import { type CutoverFacts, sessionNames, tagOf } from '../facts'
import type { Live } from '../live'
import { hasToken } from '../positions'
import { sameServerAndHold } from '../words'
import { tokenOf } from './arm'

/** Room that the armed session must have left when the throw leaves. */
const armedRoomMs = 8000
/** How long an unanswered throw is waited for on the new server. */
const lostAnswerMs = 6000

/** One packet in the session that holds: seal, token, let go. Its last statement answers what the seal reads. */
export const throwPacket = (facts: RunFacts<CutoverFacts>): SqlAction => {
  const { fixed, learned } = facts
  return {
    kind: 'sql',
    server: fixed.from.id,
    session: sessionNames.hold,
    statements: [
      sameServerAndHold(fixed.from.capabilities.identity, tagOf(facts)),
      ...fixed.from.say.throwToken({ position: tokenOf(learned) }),
      fixed.from.say.showReadOnly()
    ],
    onePacket: true,
    changes: true
  }
}

const waitAtMost = <T>(promise: Promise<T>, ms: number): Promise<T | null> =>
  new Promise((resolve) => {
    const limit = setTimeout(() => resolve(null), ms)
    promise.then(
      (value) => {
        clearTimeout(limit)
        resolve(value)
      },
      () => {
        clearTimeout(limit)
        resolve(null)
      }
    )
  })

/** The point of no return: from here the move completes by itself, with or without this computer. */
export const throwStep = (live: Live): Step<CutoverFacts> => ({
  id: 'throw',
  group: 'The new side opens by itself',
  title: 'Throw',
  why: 'One packet seals the old server and sends the token as the last thing in its log. The new server opens when it has applied everything before it.',
  server: (facts) => facts.from.id,
  deadlineMs: 10_000,
  pointOfNoReturn: true,
  actions: (facts) => [throwPacket(facts)],
  perform: async (hands, { fixed }, actions) => {
    const [action] = actions
    const held = live.hold
    // A resumed run cannot tell whether an earlier packet left: only observing can.
    if (action?.kind !== 'sql' || !held)
      throw new Halt('This app does not hold the old server: what is true must be observed first.')
    const lost = held.lost()
    if (lost) throw new NothingSent(`The hold was lost before the throw: ${lost}`)
    if (hands.signal.aborted) throw new NothingSent('Aborted before the throw.')
    if (live.armedAnswer || live.armedUntil - hands.now() < armedRoomMs)
      throw new NothingSent(`${fixed.to.name} is not armed any more.`)
    held.stop()
    try {
      const answers = await hands.sql(action, { deadlineMs: 5000 })
      live.thrown = { sealed: answers.at(-1)?.[0]?.read_only === '1', at: hands.now() }
    } catch (error) {
      const failure = failureOf(error)
      const armed = live.armed ? await waitAtMost(live.armed, lostAnswerMs) : null
      if (armed?.kind !== 'opened')
        throw new Halt(
          `The answer of the throw was lost: ${failure.words ?? failure.what} What is true must be observed.`
        )
      hands.note('The answer of the throw was lost, but the new server has opened.')
    }
  },
  confirm: async (hands, { fixed, learned }) => {
    if (live.thrown?.sealed)
      return {
        done: true,
        evidence: `${fixed.from.name} is sealed, the token ${tokenOf(learned)} is the last in its log`
      }
    const [state] = await hands.read(fixed.from.id, sessionNames.watch, fixed.from.say.showReadOnly())
    if (state?.read_only !== '1') return { done: false, why: `${fixed.from.name} is not sealed.` }
    const [position] = await hands.read(fixed.from.id, sessionNames.watch, fixed.from.say.position())
    const there = hasToken(fixed.from.capabilities.flavour, position ?? {}, tokenOf(learned))
    return there
      ? { done: true, evidence: `${fixed.from.name} is sealed and its log holds the token ${tokenOf(learned)}` }
      : { done: false, why: 'The token is not in its log.' }
  },
  undo: () => ({ kind: 'impossible', why: 'The old server is sealed and the new one opens: the way back is Reverse.' })
})
