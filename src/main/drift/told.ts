import type { TableDrift } from '../../shared/drift'

const fields: (keyof TableDrift)[] = ['schema', 'table', 'estimatedRows', 'bytes', 'verdict', 'view', 'previous']

/** Copies what is known of each table. A table without news keeps the copy it had, so that only news have to travel. */
export const makeTold = () => {
  const last = new Map<TableDrift, TableDrift>()
  return (jobs: readonly { drift: TableDrift }[]): TableDrift[] =>
    jobs.map(({ drift }) => {
      const before = last.get(drift)
      if (before && fields.every((field) => before[field] === drift[field])) return before
      const copy = { ...drift }
      last.set(drift, copy)
      return copy
    })
}
