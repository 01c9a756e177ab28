import { statementsFor } from '../../../mysql/statements'
import type { Step } from '../../../runbook/step'
import type { SeedFacts } from '../seed-facts'

/** Nothing is ever overwritten: the new server must not hold a schema of the same name, nor take part in replication. */
export const checkEmpty: Step<SeedFacts> = {
  id: 'check-empty',
  group: 'Before',
  title: 'See that the new server is empty',
  why: 'The copy never overwrites anything. A schema of the same name or a running link on the new server stops it here.',
  server: (facts) => facts.new.id,
  deadlineMs: 0,
  actions: ({ fixed }) => [
    {
      kind: 'app',
      text: `Look for ${fixed.schemas.map(({ name }) => name).join(', ')} and for links on ${fixed.new.name}.`
    },
    {
      kind: 'app',
      text: `Look for statements on ${fixed.old.name} that have run for more than 10 s: the dump’s lock would wait for them.`
    }
  ],
  confirm: async (hands, { fixed }) => {
    const rows = await hands.read(
      fixed.new.id,
      'operate',
      'SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA'
    )
    const there = rows
      .map(({ name }) => name ?? '')
      .filter((name) => name !== 'siteswap' && fixed.schemas.some((schema) => schema.name === name))
    if (there.length)
      return {
        done: false,
        why: `${fixed.new.name} already holds ${there.join(', ')}. Save what you need, drop it there, and start again.`
      }
    const links = await hands.read(fixed.new.id, 'operate', statementsFor(fixed.newCan).showLinks())
    if (links.length)
      return {
        done: false,
        why: `${fixed.new.name} replicates from another server already. Undo “Co-masters” or remove that link first.`
      }
    const replicas = await hands.read(
      fixed.new.id,
      'operate',
      `SELECT COUNT(*) AS n FROM ${statementsFor(fixed.newCan).processTable} WHERE COMMAND LIKE 'Binlog Dump%'`
    )
    if (replicas[0]?.n !== '0')
      return { done: false, why: `Another server replicates from ${fixed.new.name}: its binary log cannot begin anew.` }
    const long = await hands.read(
      fixed.old.id,
      'operate',
      `SELECT ID AS id, TIME AS seconds, LEFT(INFO, 120) AS info FROM ${statementsFor(fixed.oldCan).processTable} WHERE COMMAND IN ('Query', 'Execute') AND TIME > 10 AND INFO IS NOT NULL ORDER BY TIME DESC LIMIT 1`
    )
    if (long[0] && fixed.oldCan.flavour === 'mysql')
      return {
        done: false,
        why: `On ${fixed.old.name} a statement has run for ${long[0].seconds} s (connection ${long[0].id}: ${long[0].info}). Wait for it or end it, then try again.`
      }
    return { done: true, evidence: `${fixed.new.name} holds none of these schemas and takes part in no replication` }
  },
  undo: () => ({ kind: 'nothing' })
}
