import type { Json } from '../../../../shared/journal'
import { type ClosedBefore, closedBefore } from '../../../../shared/snapshots'
import { statementsFor } from '../../../mysql/statements'
import { isOn } from '../../../mysql/words'
import type { Hands, Step } from '../../../runbook/step'
import type { SeedFacts } from '../seed-facts'
import { sqlAction } from '../sql-action'

const readClosed = async (hands: Hands, facts: SeedFacts): Promise<ClosedBefore> => {
  const [row] = await hands.read(facts.new.id, 'operate', statementsFor(facts.newCan).showReadOnly())
  const [events] = await hands.read(facts.new.id, 'operate', 'SELECT @@global.event_scheduler AS scheduler')
  return {
    readOnly: isOn(row?.read_only),
    superReadOnly: isOn(row?.super_read_only),
    scheduler: events?.scheduler ?? 'OFF'
  }
}

/** Applications are kept out and events stand still before the first row is there; the loading account passes. */
export const closeNew: Step<SeedFacts> = {
  id: 'close-new',
  group: 'Before',
  title: 'Close the new server for applications',
  why: 'Nothing but the copy may write there, and no event may run on half a copy.',
  server: (facts) => facts.new.id,
  deadlineMs: 10_000,
  actions: ({ fixed }) => [
    sqlAction(fixed.new.id, [
      ...(fixed.newCan.superReadOnly ? ['SET GLOBAL super_read_only = 0'] : []),
      'SET GLOBAL read_only = 1'
    ]),
    ...(fixed.scheduler.newSwitches ? [sqlAction(fixed.new.id, ['SET GLOBAL event_scheduler = OFF'])] : [])
  ],
  snapshot: async (hands, { fixed }) => ({ ...(await readClosed(hands, fixed)) }),
  confirm: async (hands, { fixed }) => {
    const now = await readClosed(hands, fixed)
    if (!now.readOnly) return { done: false, why: 'read_only is off.' }
    if (isOn(now.scheduler)) return { done: false, why: 'The event scheduler still runs.' }
    return { done: true, evidence: `read_only is on, the event scheduler is ${now.scheduler}` }
  },
  undo: ({ fixed }, snapshot) => {
    const before = closedOf(snapshot)
    return {
      kind: 'actions',
      actions: [
        ...(isOn(before.scheduler) ? [sqlAction(fixed.new.id, ['SET GLOBAL event_scheduler = ON'])] : []),
        sqlAction(fixed.new.id, [
          ...(before.superReadOnly ? ['SET GLOBAL super_read_only = 1'] : []),
          ...(before.readOnly ? [] : statementsFor(fixed.newCan).setReadOnly(false))
        ])
      ].filter((action) => action.statements.length > 0)
    }
  }
}

const closedOf = (snapshot: Json): ClosedBefore =>
  closedBefore(snapshot) ?? { readOnly: false, superReadOnly: false, scheduler: 'ON' }
