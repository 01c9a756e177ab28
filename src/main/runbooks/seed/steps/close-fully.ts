import { statementsFor } from '../../../mysql/statements'
import { seedStatementsFor } from '../../../mysql/statements-seed'
import { isOn } from '../../../mysql/words'
import type { Step } from '../../../runbook/step'
import type { SeedFacts } from '../seed-facts'
import { sqlAction } from '../sql-action'

/** After the copy nobody writes there but replication, administrators included where the server can do that. */
export const closeFully: Step<SeedFacts> = {
  id: 'close-fully',
  group: 'After',
  title: 'Make the new server read-only',
  why: 'From now on only replication writes there, until the cutover.',
  server: (facts) => facts.new.id,
  deadlineMs: 10_000,
  actions: ({ fixed }) => [
    sqlAction(fixed.new.id, statementsFor(fixed.newCan).setReadOnly(true)),
    // the events themselves rest; after the cutover they must run as they did on the old server
    ...(fixed.scheduler.oldOn && fixed.scheduler.newSwitches
      ? [sqlAction(fixed.new.id, ['SET GLOBAL event_scheduler = ON'])]
      : [])
  ],
  confirm: async (hands, { fixed }) => {
    const [row] = await hands.read(fixed.new.id, 'operate', statementsFor(fixed.newCan).showReadOnly())
    const closed = isOn(row?.read_only) && (!fixed.newCan.superReadOnly || isOn(row?.super_read_only))
    return closed
      ? {
          done: true,
          evidence: fixed.newCan.superReadOnly ? 'read_only and super_read_only are on' : 'read_only is on'
        }
      : { done: false, why: 'The server is not read-only.' }
  },
  // the first thing an undo does: it ends here when the server has become active or replicates
  undo: ({ fixed }) => ({
    kind: 'actions',
    actions: [
      sqlAction(fixed.new.id, [
        seedStatementsFor(fixed.newCan).refuseUnlessPassive(),
        ...(fixed.newCan.superReadOnly ? ['SET GLOBAL super_read_only = 0'] : []),
        ...(fixed.scheduler.newSwitches ? ['SET GLOBAL event_scheduler = OFF'] : [])
      ])
    ]
  })
}
