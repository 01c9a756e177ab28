import { rolesBefore } from '../../../../shared/snapshots'
import { statementsFor } from '../../../mysql/statements'
import { isOn } from '../../../mysql/words'
import type { Step } from '../../../runbook/step'
import { sqlAction } from '../../seed/sql-action'
import type { ReplicateFacts } from '../replicate-facts'

/** The passive side takes no writes but replication's. */
export const passiveClosed: Step<ReplicateFacts> = {
  id: 'passive-closed',
  group: 'Accounts and settings',
  title: 'Keep the new server read-only',
  why: 'One side takes writes, always. The new server follows until the cutover opens it.',
  server: (facts) => facts.new.id,
  deadlineMs: 10_000,
  actions: ({ fixed }) => [sqlAction(fixed.new.id, statementsFor(fixed.new.can).setReadOnly(true))],
  snapshot: async (hands, { fixed }) => {
    const [row] = await hands.read(fixed.new.id, 'operate', statementsFor(fixed.new.can).showReadOnly())
    return { readOnly: isOn(row?.read_only), superReadOnly: isOn(row?.super_read_only) }
  },
  confirm: async (hands, { fixed }) => {
    const [row] = await hands.read(fixed.new.id, 'operate', statementsFor(fixed.new.can).showReadOnly())
    return isOn(row?.read_only) && (!fixed.new.can.superReadOnly || isOn(row?.super_read_only))
      ? {
          done: true,
          evidence: fixed.new.can.superReadOnly ? 'read_only and super_read_only are on' : 'read_only is on'
        }
      : { done: false, why: 'The server takes writes.' }
  },
  undo: ({ fixed }, snapshot) => {
    const before = rolesBefore(snapshot)
    const statements =
      before === null || !before.readOnly
        ? statementsFor(fixed.new.can).setReadOnly(false)
        : fixed.new.can.superReadOnly && !before.superReadOnly
          ? ['SET GLOBAL super_read_only = 0']
          : []
    return statements.length ? { kind: 'actions', actions: [sqlAction(fixed.new.id, statements)] } : { kind: 'nothing' }
  }
}
