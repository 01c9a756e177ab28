import type { Step } from '../../../runbook/step'
import { type CutoverFacts, sessionNames } from '../facts'
import { heldIn, type Live, momentThere, pauseLearned, pauseWords } from '../live'

/** The end of a rehearsal: writers go on, and the pause is known. */
export const letGo = (live: Live): Step<CutoverFacts> => ({
  id: 'let-go',
  group: 'Writes wait, under a lease',
  title: 'Let go',
  why: 'Nothing was changed: the writers that waited go on where they were.',
  server: (facts) => facts.from.id,
  deadlineMs: 8000,
  actions: ({ fixed }) => [
    {
      kind: 'sql',
      server: fixed.from.id,
      session: sessionNames.hold,
      statements: [fixed.from.say.letGo(), fixed.from.say.clock()],
      onePacket: true,
      changes: true
    }
  ],
  perform: async (hands, { fixed }, actions) => {
    const held = heldIn(live)
    const [action] = actions
    if (action?.kind !== 'sql') return
    held.stop()
    const sent = hands.now()
    const answers = await hands.sql(action, { deadlineMs: 3000 })
    const heard = hands.now()
    const there = momentThere(live, fixed.from.id, answers.at(-1)?.[0], { sent, heard }, heard)
    live.opened = { heard, there }
  },
  confirm: async (hands, { fixed }) => {
    if (!live.opened || !live.hold) return { done: false, why: 'It has not been let go by this app.' }
    const [state] = await hands.read(fixed.from.id, sessionNames.watch, fixed.from.say.showReadOnly())
    if (state?.read_only !== '0') return { done: false, why: `${fixed.from.name} is read-only.` }
    return {
      done: true,
      evidence: `${pauseWords(live.hold, live.opened)}; ${fixed.from.name} takes them again`,
      learned: pauseLearned(live.hold, live.opened)
    }
  },
  undo: () => ({ kind: 'nothing' })
})
