import { type Check, guarded, ok, warn } from '../check'
import { count, shown, some } from '../evidence'
import { value } from '../facts'
import { rolesOf } from '../stage'

export const primaryKeys: Check = {
  id: 'G09',
  group: 'schema',
  title: 'Every table has a key',
  why: 'Without a key the applier searches the whole table for each changed row, and rows cannot be compared one by one.',
  judge: (facts) => {
    const { active } = rolesOf(facts)
    return guarded(active, () => {
      const keyed = value(active.keyed)
      const bare = value(active.tables).filter(({ schema, table }) => !keyed.has(`${schema}.${table}`))
      const names = bare.map(({ schema, table }) => `${schema}.${table}`)
      const evidence = [
        shown(
          active.keyed,
          ['table without a key', 'rows'],
          bare.map((it) => [`${it.schema}.${it.table}`, `${it.rows}`])
        )
      ]
      if (bare.length === 0) return ok({ server: active, title: 'All have a primary or unique key', evidence })
      return warn({
        server: active,
        title: `${count(bare.length, 'table')} without a primary key: ${some(names)}`,
        consequence: 'Large changes in them can hold up replication for hours, and the drift check leaves them out.',
        evidence,
        remedies: [
          { text: 'Add a primary key when the shop is quiet.', server: null, statements: [], undo: [], safe: false }
        ]
      })
    })
  }
}
