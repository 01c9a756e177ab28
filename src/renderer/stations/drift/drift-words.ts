import {
  isObjectDrift,
  type ObjectDifference,
  type TableDrift,
  type TableVerdict,
  tablesAmong
} from '../../../shared/drift'
import { formatCount } from '../../parts/format'
import type { StatusKind } from '../../parts/status-kind'

export const tableKey = (table: Pick<TableDrift, 'schema' | 'table'>): string =>
  JSON.stringify([table.schema, table.table])

/** What is said of a view in place of a verdict: its tables have one. */
export const viewWords = { status: 'left-out', word: 'view', more: 'by its tables' } as const

/** Status and word of a verdict, and what is said beside it in a lower voice. */
export const verdictWords = (
  verdict: TableVerdict,
  estimatedRows = 0
): { status: StatusKind; word: string; more: string } => {
  switch (verdict.kind) {
    case 'queued':
      return { status: 'todo', word: 'queued', more: '' }
    case 'comparing':
      return {
        status: 'running',
        word: 'comparing',
        more: estimatedRows > 0 ? `${Math.min(99, Math.floor((verdict.doneRows / estimatedRows) * 100))} %` : ''
      }
    case 'same':
      return { status: 'ok', word: 'same', more: '' }
    case 'differs':
      return {
        status: 'danger',
        word: 'differs',
        more: verdict.rows === 1 ? '1 row' : `${formatCount(verdict.rows)} rows`
      }
    case 'inconclusive':
      return { status: 'inconclusive', word: 'inconclusive', more: '' }
    case 'left-out':
      return { status: 'left-out', word: 'left out', more: '' }
    default:
      return verdict satisfies never
  }
}

export const verdictAt = (verdict: TableVerdict): number | null =>
  verdict.kind === 'same' || verdict.kind === 'differs' || verdict.kind === 'inconclusive' ? verdict.at : null

const order: Record<TableVerdict['kind'], number> = {
  differs: 0,
  inconclusive: 1,
  comparing: 2,
  queued: 3,
  'left-out': 4,
  same: 5
}
const last = 6

/** What was found comes first. While it runs the rest keeps the order in which it is compared, so that the list stands still. */
export const byRisk = (tables: readonly TableDrift[], running: boolean): TableDrift[] => {
  const rank = (table: TableDrift) => {
    // Nothing is to be done about a view.
    if (table.view) return last
    const place = order[table.verdict.kind]
    return running && place > 1 ? 2 : place
  }
  return tables
    .map((table, index) => ({ table, index }))
    .sort((a, b) => rank(a.table) - rank(b.table) || a.index - b.index)
    .map(({ table }) => table)
}

/** Needs a look: it differs, or nothing may be said of it. */
export const isTelling = ({ verdict }: TableDrift): boolean =>
  verdict.kind === 'differs' || verdict.kind === 'inconclusive'

/** How many tables have each verdict; views are no tables. */
export const countVerdicts = (tables: readonly TableDrift[]): Record<TableVerdict['kind'], number> => {
  const counts = { queued: 0, comparing: 0, same: 0, differs: 0, inconclusive: 0, 'left-out': 0 }
  for (const table of tablesAmong(tables)) counts[table.verdict.kind] += 1
  return counts
}

export const objectKinds: Record<ObjectDifference['kind'], string> = {
  schema: 'Schemas',
  table: 'Tables',
  column: 'Columns',
  index: 'Indexes and foreign keys',
  view: 'Views',
  routine: 'Routines',
  trigger: 'Triggers',
  event: 'Events',
  account: 'Accounts and grants'
}

/** Accounts and what is expected are told, but they do not hold up the cutover. */
export const objectStatus = (object: ObjectDifference): StatusKind => (isObjectDrift(object) ? 'attention' : 'info')

/** Servers keep definitions in one long line; broken at its clauses, a difference can be found. */
export const brokenSql = (text: string): string =>
  text.length < 100 || text.includes('\n')
    ? text
    : text
        .replace(/ (?=(?:from|where|join|left join|inner join|group by|having|order by|limit|union|and|or)\b)/gi, '\n')
        .replace(/,(?=\S)/g, ',\n')
