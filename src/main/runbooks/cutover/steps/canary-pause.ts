import { failureOf } from '../../../../shared/failure'
import type { Step } from '../../../runbook/step'
import type { CutoverFacts, CutoverTools } from '../facts'

const afterMs = 30_000

/** The pause as an order through the shop's path has seen it. */
export const canaryPause = (tools: CutoverTools): Step<CutoverFacts> => ({
  id: 'canary-pause',
  group: 'After, at leisure',
  title: 'Measure the pause',
  why: 'The longest silence between two acknowledged canary orders around the hold is measured beside the hold. A shop that is redirected later, or tries again more slowly, is silent for longer.',
  server: () => 'both',
  deadlineMs: 5000,
  actions: () => [
    { kind: 'app', text: 'Wait for the first canary order after the switch, then read the longest silence.' }
  ],
  perform: async (hands) => {
    const canary = tools.canary()
    if (!canary) return
    await canary.acknowledgedAfter(tools.wall(), afterMs).catch((error: unknown) => hands.note(failureOf(error).what))
  },
  confirm: async (_hands, { learned }) => {
    const canary = tools.canary()
    const gap = canary?.gapWithin(Number(learned.holdAt ?? 0), Number(learned.openAt ?? 0) || tools.wall()) ?? null
    if (gap === null) return { done: true, evidence: 'no canary orders were running' }
    return { done: true, evidence: `longest silence ${gap} ms`, learned: { canaryGapMs: String(gap) } }
  },
  undo: () => ({ kind: 'nothing' })
})
