import { statementsFor } from '../../../mysql/statements'
import type { Step } from '../../../runbook/step'
import type { SeedFacts } from '../seed-facts'
import { unloggedAction } from '../sql-action'

/** Events run on the active side only; the server's own status for that keeps them ready for the cutover. */
export const restEvents: Step<SeedFacts> = {
  id: 'rest-events',
  group: 'Accounts and events',
  title: 'Let the events rest on the new server',
  why: 'An event must run on one side only: on the one that takes writes. Its definer stays as it was.',
  server: (facts) => facts.new.id,
  deadlineMs: 10_000,
  actions: ({ fixed }) =>
    fixed.events.length
      ? [
          unloggedAction(
            fixed.new.id,
            fixed.events.map((event) => statementsFor(fixed.newCan).disableEvent(event))
          )
        ]
      : [{ kind: 'app', text: 'There is no enabled event in these schemas.' }],
  confirm: async (hands, { fixed }) => {
    const rows = await hands.read(
      fixed.new.id,
      'operate',
      "SELECT EVENT_SCHEMA AS event_schema, EVENT_NAME AS name FROM information_schema.EVENTS WHERE STATUS = 'ENABLED'"
    )
    const awake = rows.filter((row) => fixed.schemas.some(({ name }) => name === row.event_schema))
    return awake.length
      ? { done: false, why: `${awake.map((row) => `${row.event_schema}.${row.name}`).join(', ')} would run here.` }
      : {
          done: true,
          evidence: `no event of these schemas runs on ${fixed.new.name}; ${fixed.events.length} wait for the cutover`
        }
  },
  // they leave with the schemas that hold them
  undo: () => ({ kind: 'nothing' })
}
