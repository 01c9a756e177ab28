import { quoteTable } from '../../mysql/identifiers'
import { type Check, guarded, ok, warn } from '../check'
import { count, remedy, shown, some } from '../evidence'
import { value } from '../facts'
import { rolesOf } from '../stage'

const safe = new Set(['INNODB', 'ROCKSDB', 'TOKUDB', 'MEMORY'])

export const transactionalEngines: Check = {
  id: 'G08',
  group: 'schema',
  title: 'Every table is transactional',
  why: 'A table without transactions cannot be copied at one moment together with the others, nor undone after an error.',
  judge: (facts) => {
    const { active } = rolesOf(facts)
    return guarded(active, () => {
      const others = value(active.tables).filter(({ engine }) => engine !== '' && !safe.has(engine.toUpperCase()))
      const names = others.map(({ schema, table, engine }) => `${schema}.${table} (${engine})`)
      const evidence = [
        shown(
          active.tables,
          ['table', 'engine', 'rows'],
          others.map((it) => [`${it.schema}.${it.table}`, it.engine, `${it.rows}`])
        )
      ]
      if (others.length === 0) return ok({ server: active, title: 'All are InnoDB', evidence })
      return warn({
        server: active,
        title: `${count(others.length, 'table')} without transactions: ${some(names)}`,
        consequence:
          'While orders are written, the copy of these tables may not agree with the rest; compare them after seeding.',
        evidence,
        remedies: others
          .filter(({ engine }) => /^(myisam|aria)$/i.test(engine))
          .slice(0, 20)
          .map(({ schema, table, engine }) =>
            remedy({
              text: `${schema}.${table} blocks writes while it is converted.`,
              server: active,
              statements: [`ALTER TABLE ${quoteTable(schema, table)} ENGINE = InnoDB`],
              undo: [`ALTER TABLE ${quoteTable(schema, table)} ENGINE = ${engine}`]
            })
          )
      })
    })
  }
}
