import type { RowDifference, TableVerdict } from '../../shared/drift'
import type { TableMark } from './compare-table'
import { emptyTally, type Tally } from './tally'

/** What a comparison has found so far, as it is kept to be continued after a restart. Plain JSON. */
export interface DriftKeepsake {
  format: 1
  id: string
  since: number
  savedAt: number
  /** Both servers, the schemas and the wish: only the same comparison can be continued. */
  of: string
  done: KeptTable[]
  open: KeptMark[]
}

export interface KeptTable {
  schema: string
  table: string
  definition: string
  verdict: TableVerdict
  comparedRows: number
  rows: RowDifference[]
}

export interface KeptMark {
  schema: string
  table: string
  definition: string
  upTo: readonly string[]
  rows: number
  tally: Omit<Tally, 'seen' | 'places'>
}

/** Findings older than this are not continued. */
const longestMs = 24 * 3_600_000

/** The keepsake when it belongs to this comparison and is young enough; otherwise null. */
export const continued = (kept: DriftKeepsake | null, of: string, now: number): DriftKeepsake | null =>
  kept && kept.format === 1 && kept.of === of && now - kept.since < longestMs && now >= kept.savedAt ? kept : null

const mostRows = 100

/** Rows that go to disk: enough to look at, however many differ. */
export const keptRowsOf = (rows: readonly RowDifference[]): RowDifference[] => rows.slice(0, mostRows)

/** A mark to be kept. */
export const keptMark = (schema: string, table: string, definition: string, mark: TableMark): KeptMark => {
  const { seen: _, places: __, ...tally } = mark.tally
  return {
    schema,
    table,
    definition,
    upTo: mark.upTo,
    rows: mark.rows,
    tally: { ...tally, kinds: { ...tally.kinds }, kept: keptRowsOf(tally.kept) }
  }
}

/** A mark to go on from. */
export const markOf = ({ upTo, rows, tally }: KeptMark): TableMark => ({
  upTo,
  rows,
  tally: { ...emptyTally(), ...structuredClone(tally) }
})
