import { rowsText } from '../report/drift-rows'
import type { LiveDrift } from './live-drift'

/** As many differing rows of a table as are kept. */
const allKept = 1000

/** The kept differing rows of one table as a file's content. */
export const rowsFile = (
  drift: Pick<LiveDrift, 'rows'>,
  at: { schema: string; table: string },
  format: 'csv' | 'json',
  mask: boolean
): string => rowsText(at, drift.rows(at.schema, at.table, allKept), format, mask)
