import { lastRun } from '../../../shared/journey'
import type { Run } from '../../../shared/runbook'
import { ServerText } from '../../parts/server-text'
import { runPreflight } from '../../state/preflight'
import { SmallRunDialog } from '../runbook/small-run-dialog'

/** The last time the remedy of this finding was applied. */
export const remedyRun = (runs: Run[], subject: string): Run | null =>
  lastRun(
    runs.filter((run) => run.facts.subject === subject),
    'remedy'
  )

/** One remedy: what would be sent, then the run. `runId` looks at a run that was. */
export function RemedyDialog({ subject, title, runId = null, onClose }: RemedyDialogProps) {
  return (
    <SmallRunDialog
      kind="remedy"
      subject={subject}
      runId={runId}
      ask="Apply this remedy?"
      intro={
        <>
          For <ServerText>{title}</ServerText>: exactly this is sent, and what it changes is kept for the undo.
        </>
      }
      start="Apply"
      means="Only these statements were sent; the rest of the server is as it was."
      done={{
        title: 'Applied.',
        text: 'The finding stands as it was seen before until the servers are asked again.'
      }}
      after={{ label: 'Close and check again', act: () => void runPreflight() }}
      onClose={onClose}
    />
  )
}

/** What a `RemedyDialog` is told; `subject` is `check:server`. */
export type RemedyDialogProps = { subject: string; title: string; runId?: string | null; onClose: () => void }
