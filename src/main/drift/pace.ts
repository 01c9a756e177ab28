import type { DriftProgress } from '../../shared/drift'
import type { Job } from './jobs'

/** A gentle comparison takes a step every five seconds. */
const windowMs = 20_000

/** Progress of a comparison: done of total, rows per second of the last seconds, time left. */
export const makePace = (now: () => number = () => performance.now()): { progress(jobs: Job[]): DriftProgress } => {
  const marks: { at: number; rows: number }[] = []
  return {
    progress: (jobs) => {
      const comparable = jobs.filter((job) => job.kind === 'compare')
      let doneRows = 0
      let totalRows = 0
      let doneTables = 0
      for (const { drift } of comparable) {
        const { verdict } = drift
        const done =
          verdict.kind === 'comparing' ? verdict.doneRows : verdict.kind === 'queued' ? 0 : drift.estimatedRows
        doneRows += done
        // The server's row count is an estimate; what was seen is not.
        totalRows += Math.max(drift.estimatedRows, done)
        if (verdict.kind !== 'comparing' && verdict.kind !== 'queued') doneTables += 1
      }
      const at = now()
      marks.push({ at, rows: doneRows })
      while (marks.length > 2 && at - (marks[0]?.at ?? at) > windowMs) marks.shift()
      const first = marks[0]
      const seconds = first ? (at - first.at) / 1000 : 0
      const rowsPerSecond = first && seconds > 0.2 ? Math.max(0, Math.round((doneRows - first.rows) / seconds)) : 0
      return {
        doneTables,
        totalTables: comparable.length,
        doneRows,
        totalRows,
        rowsPerSecond,
        etaSeconds: rowsPerSecond > 0 ? Math.ceil(Math.max(0, totalRows - doneRows) / rowsPerSecond) : null
      }
    }
  }
}
