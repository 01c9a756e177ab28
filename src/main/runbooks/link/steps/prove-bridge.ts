import type { Step } from '../../../runbook/step'
import type { LinkFacts } from '../link-facts'
import type { BridgeEyes } from '../see-through'

/** The bridge is up when the right database answers at each of its ends, asked through it. */
export const proveBridge = (eyes: BridgeEyes): Step<LinkFacts> => ({
  id: 'prove-bridge',
  group: 'Bridge',
  title: 'See both databases through the bridge',
  why: 'A running ssh proves nothing. Each database is asked for its identity through the bridge, from the other side.',
  server: () => 'both',
  deadlineMs: 30_000,
  actions: ({ fixed }) => [
    {
      kind: 'app',
      text: `From ${fixed.new.name}: ask who answers at ${fixed.bridge.oldAt.host}:${fixed.bridge.oldAt.port}.`
    },
    {
      kind: 'app',
      text: `From ${fixed.old.name}: ask who answers at ${fixed.bridge.newAt.host}:${fixed.bridge.newAt.port}.`
    }
  ],
  confirm: async () => {
    const [old, fresh] = await Promise.all([eyes.oldFromNewHost(6), eyes.newFromOldHost(0)])
    if (!old.ok) return { done: false, why: old.text }
    if (!fresh.ok) return { done: false, why: fresh.text }
    const trip = old.roundTripMs === null ? '' : `; ${old.roundTripMs} ms there and back`
    return { done: true, evidence: `${old.text}, ${fresh.text}${trip}` }
  },
  undo: () => ({ kind: 'nothing' })
})
