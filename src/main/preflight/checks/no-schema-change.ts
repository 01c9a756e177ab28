import { type Check, guarded, ok, stopUnlessWaived } from '../check'
import { shown } from '../evidence'
import { value } from '../facts'
import { rolesOf } from '../stage'

const ddl =
  /^\s*(\/\*.*?\*\/\s*)*(alter|optimize|repair|truncate|rename|drop\s+(table|index|database)|create\s+(unique\s+|fulltext\s+|spatial\s+)?(index|table))\b/i
const ghost = /^_.+_(gho|ghc|new|old)$/

export const noSchemaChange: Check = {
  id: 'F07',
  group: 'blockers',
  title: 'No schema change is under way',
  why: 'A running ALTER holds up the hold; an online schema-change tool copies rows that the cutover would cut in two.',
  judge: (facts) => {
    const { active } = rolesOf(facts)
    return guarded(active, () => {
      const running = value(active.processes).filter(({ info, command }) => command === 'Query' && ddl.test(info))
      const copies = value(active.tables).filter(({ table }) => ghost.test(table) && !table.endsWith('_old'))
      const evidence = [
        shown(
          active.processes,
          ['connection', 'for', 'statement'],
          running.map((it) => [`${it.id}`, `${it.seconds} s`, it.info])
        ),
        shown(
          active.tables,
          ['table'],
          copies.map((it) => [`${it.schema}.${it.table}`])
        )
      ]
      if (running.length === 0 && copies.length === 0) return ok({ server: active, title: 'None', evidence })
      return stopUnlessWaived({
        server: active,
        title:
          running.length > 0
            ? `A schema change runs: ${running[0]?.info.slice(0, 60)}`
            : `A schema-change tool left ${copies[0]?.schema}.${copies[0]?.table}`,
        consequence: 'Lag grows while it runs, and the cutover would have to wait for it.',
        evidence,
        remedies: [
          {
            text: 'Let it finish, or abort it and remove its table and triggers.',
            server: null,
            statements: [],
            undo: [],
            safe: false
          }
        ]
      })
    })
  }
}
