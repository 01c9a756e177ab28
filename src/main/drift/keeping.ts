import type { RowDifference } from '../../shared/drift'
import type { CompareJob } from './compare-jobs'
import type { TableMark } from './compare-table'
import type { Job } from './jobs'
import { type DriftKeepsake, keptMark, keptRowsOf, markOf } from './keepsake'
import { mapped, type Slices } from './slices'

const keepEveryMs = 2000
/** Much is written seldom. */
const keptPerMs = 20

/** One text for a table, for maps. */
export const rowsKey = (schema: string, table: string): string => `${schema}\u0000${table}`

function* byTable<T extends { schema: string; table: string }>(list: readonly T[]): Slices<Map<string, T>> {
  const tables = new Map<string, T>()
  yield* mapped(list, (one) => tables.set(rowsKey(one.schema, one.table), one))
  return tables
}

/** Verdicts of an interrupted comparison, for the tables whose definition is still the same. */
export function* takeUp(
  jobs: readonly Job[],
  earlier: DriftKeepsake,
  kept: Map<string, RowDifference[]>
): Slices<void> {
  const [done, open] = [yield* byTable(earlier.done), yield* byTable(earlier.open)]
  for (const job of jobs) {
    yield
    if (job.kind !== 'compare') continue
    const key = rowsKey(job.drift.schema, job.drift.table)
    const [found, mark] = [done.get(key), open.get(key)]
    if (found?.definition === job.definition && found.verdict.kind !== 'inconclusive') {
      job.drift.verdict = found.verdict
      job.drift.estimatedRows = found.comparedRows
      kept.set(key, found.rows)
    } else if (mark?.definition === job.definition && job.plan().kind === 'plan') {
      job.from = markOf(mark)
      job.fromAt = earlier.savedAt
    }
  }
}

/** Writes down what was found so far, not more often than every other second, and a hundred thousand tables every fifth. */
export function* makeKeeping(
  keep: ((keepsake: DriftKeepsake | null) => void) | undefined,
  head: Pick<DriftKeepsake, 'id' | 'since' | 'of'>,
  earlier: DriftKeepsake | null
): Slices<{
  mark(job: CompareJob, mark: TableMark): void
  done(job: CompareJob, rows: RowDifference[]): void
  end(): void
}> {
  if (!keep) return { mark: () => {}, done: () => {}, end: () => {} }
  const [done, open] = [yield* byTable(earlier?.done ?? []), yield* byTable(earlier?.open ?? [])]
  let saved = 0
  const save = (): void => {
    if (Date.now() - saved < Math.max(keepEveryMs, done.size / keptPerMs)) return
    saved = Date.now()
    keep({ format: 1, ...head, savedAt: saved, done: [...done.values()], open: [...open.values()] })
  }
  return {
    mark: ({ drift, definition }, mark) => {
      open.set(rowsKey(drift.schema, drift.table), keptMark(drift.schema, drift.table, definition, mark))
      save()
    },
    done: ({ drift, definition }, rows) => {
      const { schema, table, verdict, estimatedRows } = drift
      open.delete(rowsKey(schema, table))
      done.set(rowsKey(schema, table), {
        schema,
        table,
        definition,
        verdict,
        comparedRows: estimatedRows,
        rows: keptRowsOf(rows)
      })
      save()
    },
    end: () => keep(null)
  }
}
