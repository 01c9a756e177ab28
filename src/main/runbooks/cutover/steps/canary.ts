import { failureOf } from '../../../../shared/failure'
import type { Step } from '../../../runbook/step'
import type { CutoverFacts, CutoverTools } from '../facts'

const firstOrderMs = 10_000
const afterMs = 30_000

/** Canary orders run from before the hold: they measure the pause and prove that none was lost. */
export const beginCanary = (tools: CutoverTools): Step<CutoverFacts> => ({
  id: 'canary',
  group: 'Prepare, writes go on',
  title: 'Canary orders',
  why: 'Rows written through the applications’ path, each recorded before it is sent and when it is acknowledged.',
  server: () => 'both',
  deadlineMs: 5000,
  actions: ({ fixed }) => [
    {
      kind: 'app',
      text: `Send ${fixed.move.canary.perSecond} canary orders a second through the hosts’ own path to the database.`
    }
  ],
  perform: async (hands) => {
    try {
      const running = tools.canary.current() ?? tools.canary.start()
      await running.acknowledgedAfter(tools.wall(), firstOrderMs)
    } catch (error) {
      const failure = failureOf(error)
      hands.note(`Canary orders: ${failure.what} ${failure.why ?? ''}`.trim())
    }
  },
  confirm: async () => {
    const state = tools.canary.current()?.state()
    if (!state) return { done: true, evidence: 'no canary orders: there is no host to send them from' }
    return {
      done: true,
      evidence: `${state.acknowledged} acknowledged of ${state.sent}, from ${state.hosts.join(', ')}`
    }
  },
  undo: () => ({ kind: 'nothing' })
})

/** The pause as an order through the shop's path has seen it. */
export const canaryPause = (tools: CutoverTools): Step<CutoverFacts> => ({
  id: 'canary-pause',
  group: 'After, at leisure',
  title: 'Measure the pause',
  why: 'The longest silence between two acknowledged canary orders around the hold is the write pause that a visitor could see.',
  server: () => 'both',
  deadlineMs: 5000,
  actions: () => [
    { kind: 'app', text: 'Wait for the first canary order after the switch, then read the longest silence.' }
  ],
  perform: async (hands) => {
    const canary = tools.canary.current()
    if (!canary) return
    await canary.acknowledgedAfter(tools.wall(), afterMs).catch((error: unknown) => hands.note(failureOf(error).what))
  },
  confirm: async (_hands, { learned }) => {
    const canary = tools.canary.current()
    const gap = canary?.gapWithin(Number(learned.holdAt ?? 0), Number(learned.openAt ?? 0) || tools.wall()) ?? null
    if (gap === null) return { done: true, evidence: 'no canary orders were running' }
    return { done: true, evidence: `longest silence ${gap} ms`, learned: { canaryGapMs: String(gap) } }
  },
  undo: () => ({ kind: 'nothing' })
})

/** The books are closed: every acknowledged order stands on both servers exactly once. */
export const closeLedger = (tools: CutoverTools): Step<CutoverFacts> => ({
  id: 'canary-ledger',
  group: 'After, at leisure',
  title: 'Close the canary ledger',
  why: 'Every acknowledged canary order must stand on both servers exactly once.',
  server: () => 'both',
  deadlineMs: 5000,
  actions: () => [{ kind: 'app', text: 'Stop the canary orders and count them on both servers.' }],
  perform: async (hands) => {
    const canary = tools.canary.current()
    if (!canary) return
    await tools.canary.stop()
    const { sent, acknowledged, found } = canary.state()
    hands.note(
      `Canary orders: ${sent} sent, ${acknowledged} acknowledged, ${found?.old ?? 0} found on the old and ${found?.new ?? 0} on the new server, ${found?.missing ?? 0} missing, ${found?.doubled ?? 0} doubled.`
    )
  },
  confirm: async () => ({ done: true, evidence: 'the ledger is closed' }),
  undo: () => ({ kind: 'nothing' })
})
