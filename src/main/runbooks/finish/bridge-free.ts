import { fail } from '../../../shared/failure'
import type { Hands, RunFacts, Step } from '../../runbook/step'
import { lookBehindBridge, stillNeeded } from './behind-bridge'
import { userWords } from './bridge-users'
import { type BehindBridge, type FinishFacts, passiveSide } from './finish-facts'

const look = async (hands: Hands, facts: FinishFacts): Promise<BehindBridge> => {
  const side = passiveSide(facts)
  // The host is gone, and the listener with it: nobody can be behind it.
  if (facts.hostsGone.includes(side)) return { kind: 'seen', users: [] }
  return lookBehindBridge(hands.look, { move: facts.move, link: facts.link, passive: facts[side], side })
}

const retiredWords = ({ fixed }: RunFacts<FinishFacts>): string => {
  const users = fixed.behind.kind === 'seen' ? fixed.behind.users : []
  return fixed.retired
    .map((id) => users.find((user) => user.id === id))
    .flatMap((user) => (user ? [userWords(user)] : []))
    .join(', ')
}

/** Looked at once more directly before anything is removed: nobody's database may hang on the bridge but that of retired hosts. */
export const bridgeFree: Step<FinishFacts> = {
  id: 'bridge-free',
  group: 'Bridge',
  title: 'See who still uses the bridge',
  why: 'A host whose database is reached through the bridge loses it at the end. Only hosts said to be retired may.',
  server: (facts) => facts[passiveSide(facts)].id,
  deadlineMs: 3000,
  actions: (facts) => {
    const words = retiredWords(facts)
    return [
      {
        kind: 'app',
        text: `Look at the connections to the bridge’s port on ${facts.fixed[passiveSide(facts.fixed)].name}; go on when ${facts.fixed.retired.length ? 'only retired hosts are' : 'nobody is'} there.`
      },
      ...(words ? [{ kind: 'app' as const, text: `Said to be retired, and cut off: ${words}.` }] : [])
    ]
  },
  perform: async () => {},
  confirm: async (hands, { fixed }) => {
    const behind = await look(hands, fixed)
    if (behind.kind === 'unknown') return { done: false, why: behind.why }
    const needed = stillNeeded(behind, fixed.retired)
    if (needed.length)
      throw fail('conflict', 'Somebody still uses the bridge.', {
        where: fixed[passiveSide(fixed)].name,
        why: needed.map(userWords).join(', '),
        try: ['Nothing has been removed. Stop their applications, or say that they are retired, and finish again.']
      })
    const cut = behind.users.map(userWords).join(', ')
    return { done: true, evidence: cut ? `only retired hosts are there: ${cut}` : 'nobody is behind the bridge' }
  },
  undo: () => ({ kind: 'nothing' })
}
