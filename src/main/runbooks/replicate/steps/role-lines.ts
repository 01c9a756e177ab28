import { statementsFor } from '../../../mysql/statements'
import type { Step } from '../../../runbook/step'
import type { ReplicateEnd, ReplicateFacts } from '../replicate-facts'

const lines = (end: ReplicateEnd, readOnly: boolean, offset: 1 | 2): string =>
  [
    statementsFor(end.can).configLine(readOnly),
    'auto_increment_increment = 2',
    `auto_increment_offset = ${offset}`
  ].join(', ')

/** What a restart would forget; said, not done: the servers' own files belong to their administrators. */
export const roleLines: Step<ReplicateFacts> = {
  id: 'role-lines',
  group: 'After',
  title: 'Lines for my.cnf',
  why: 'A server that restarts forgets what was set while it ran. These lines make it remember; preflight looks for them.',
  server: () => 'both',
  deadlineMs: 1_000,
  actions: ({ fixed }) => [
    { kind: 'app', text: `${fixed.old.name}, until the cutover: ${lines(fixed.old, false, 1)}` },
    { kind: 'app', text: `${fixed.new.name}, until the cutover: ${lines(fixed.new, true, 2)}` }
  ],
  perform: async (hands, _facts, actions) => {
    for (const action of actions) if (action.kind === 'app') hands.note(`For my.cnf of ${action.text}`)
  },
  confirm: async () => ({ done: true, evidence: 'noted in the journal' }),
  undo: () => ({ kind: 'nothing' })
}
