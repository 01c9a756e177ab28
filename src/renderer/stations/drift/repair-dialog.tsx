import { lastRun } from '../../../shared/journey'
import type { Run } from '../../../shared/runbook'
import { ServerText } from '../../parts/server-text'
import { startDrift } from '../../state/drift'
import { SmallRunDialog } from '../runbook/small-run-dialog'

/** The last time rows of this table were repaired; `table` is `schema.table`. */
export const repairRun = (runs: Run[], table: string): Run | null =>
  lastRun(
    runs.filter((run) => run.facts.subject === table),
    'repair'
  )

/** Repairs the differing rows of one table on the passive side: what would be sent, then the run. */
export function RepairDialog({ table, site, runId = null, onClose }: RepairDialogProps) {
  return (
    <SmallRunDialog
      kind="repair"
      subject={table}
      runId={runId}
      ask={`Repair rows of ${table} on ${site}?`}
      intro={
        <>
          The rows of <ServerText mono>{table}</ServerText> are looked at anew, and exactly this is sent to {site}, the
          side that takes no writes. Each statement holds the values the row has now: one that changed meanwhile is left
          as it is. What was sent stands in the journal with its values.
        </>
      }
      start="Repair"
      means="A part that failed was rolled back; parts before it stand, and can be taken back."
      done={{
        title: 'Repaired.',
        text: 'The table was compared again. A whole comparison opens the gate of the cutover.'
      }}
      after={{ label: 'Close and compare again', act: () => void startDrift() }}
      onClose={onClose}
    />
  )
}

/** What a `RepairDialog` is told; `table` is `schema.table`, `site` the passive one. */
export type RepairDialogProps = { table: string; site: string; runId?: string | null; onClose: () => void }
