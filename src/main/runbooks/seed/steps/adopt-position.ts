import { quoteText } from '../../../mysql/identifiers'
import { statementsFor } from '../../../mysql/statements'
import { numberOf } from '../../../mysql/words'
import type { Step } from '../../../runbook/step'
import type { SeedFacts } from '../seed-facts'
import { sqlAction } from '../sql-action'

/** The new server is told which transactions it holds, so that the link begins exactly after the copy. */
export const adoptPosition: Step<SeedFacts> = {
  id: 'adopt-position',
  group: 'Copy',
  title: 'Note on the new server which transactions it holds',
  why: 'The link then begins exactly after the copy: no transaction twice, none left out.',
  server: (facts) => facts.new.id,
  deadlineMs: 10_000,
  actions: ({ fixed, learned }) =>
    fixed.newCan.flavour === 'mariadb'
      ? [
          sqlAction(fixed.new.id, [
            `SET GLOBAL gtid_slave_pos = ${quoteText(learned['seed.position'] ?? '‹position of the dump›')}`
          ])
        ]
      : [{ kind: 'app', text: 'The dump carried gtid_purged with it; read it back.' }],
  confirm: async (hands, { fixed, learned }) => {
    const [row] = await hands.read(fixed.new.id, 'operate', statementsFor(fixed.newCan).position())
    if (fixed.newCan.flavour === 'mariadb') {
      const position = learned['seed.position'] ?? ''
      return row?.replica_pos === position
        ? { done: true, evidence: `gtid_slave_pos is ${position || 'empty'}` }
        : { done: false, why: `gtid_slave_pos is ${row?.replica_pos}, not ${position}.` }
    }
    const executed = (row?.executed ?? '').replace(/\s+/g, '')
    const [held] = await hands.read(fixed.old.id, 'operate', 'SELECT GTID_SUBSET(?, @@global.gtid_executed) AS held', [
      executed
    ])
    return executed !== '' && numberOf(held?.held) === 1
      ? {
          done: true,
          evidence: `gtid_executed is ${executed}, all of it the old server’s`,
          learned: { 'seed.position': executed }
        }
      : { done: false, why: `gtid_executed is ${executed || 'empty'}, which is not what the old server has written.` }
  },
  // the copy's undo puts the position back
  undo: () => ({ kind: 'nothing' })
}
