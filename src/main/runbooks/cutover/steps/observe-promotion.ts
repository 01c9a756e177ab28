import { fail } from '../../../../shared/failure'
import { Halt, type Step } from '../../../runbook/step'
import { type CutoverFacts, sessionNames } from '../facts'
import { type Live, pauseLearned, pauseWords } from '../live'
import { sameServer } from '../words'
import { armPacket } from './arm'

const openWithinMs = 15_000

/** The new server is seen to take writes; if nobody waited for the token any more, the same packet is sent again and opens only if it came. */
export const observePromotion = (live: Live): Step<CutoverFacts> => ({
  id: 'observe',
  group: 'The new side opens by itself',
  title: 'Observe',
  why: 'Promoted is what is observed to be so, never what an answer said.',
  server: (facts) => facts.to.id,
  deadlineMs: 5000,
  actions: (facts) => [
    { kind: 'app', text: `See ${facts.fixed.to.name} open. Only if nobody waits for the token there any more, send:` },
    armPacket(facts, sessionNames.operate, 10)
  ],
  perform: async (hands, { fixed }, actions) => {
    const packet = actions[1]
    if (live.armed) {
      const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), openWithinMs).unref())
      const answer = await Promise.race([live.armed, late])
      if (answer?.kind === 'opened') {
        live.opened = answer.at
        return
      }
      if (!answer)
        throw new Halt(`The token was thrown, but ${fixed.to.name} has not opened within ${openWithinMs / 1000} s.`)
    }
    const [state] = await hands.read(fixed.to.id, sessionNames.watch, fixed.to.say.showReadOnly())
    if (state?.read_only === '0' || packet?.kind !== 'sql') return
    const answers = await hands.sql(packet, { deadlineMs: 20_000 })
    if (!fixed.to.say.armOpened(answers.at(-1)?.[0]))
      throw new Halt(`The token has not arrived on ${fixed.to.name}: both sides are closed until it does.`)
  },
  confirm: async (hands, { fixed, learned }) => {
    if (live.opened && live.hold) {
      return {
        done: true,
        evidence: `${fixed.to.name} takes writes; ${pauseWords(live.hold, live.opened)}`,
        learned: pauseLearned(live.hold, live.opened)
      }
    }
    const guard = await hands.read(fixed.to.id, sessionNames.watch, sameServer(fixed.to.capabilities.identity))
    const [state] = await hands.read(fixed.to.id, sessionNames.watch, fixed.to.say.showReadOnly())
    if (guard.length !== 1) throw fail('identity', `${fixed.to.name} is not the server it was.`)
    if (state?.read_only !== '0') return { done: false, why: `${fixed.to.name} is still read-only.` }
    const later: Record<string, string> = learned.openAt ? {} : { openAt: 'observed later' }
    return { done: true, evidence: `${fixed.to.name} takes writes`, learned: later }
  },
  undo: () => ({ kind: 'impossible', why: 'The way back is Reverse.' })
})
