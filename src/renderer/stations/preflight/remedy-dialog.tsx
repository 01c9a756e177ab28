import { useState } from 'react'
import { lastRun } from '../../../shared/journey'
import type { Run } from '../../../shared/runbook'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { Note } from '../../parts/note'
import { ServerText } from '../../parts/server-text'
import { useMove } from '../../state/open-move'
import { runPreflight } from '../../state/preflight'
import { startKey, startRun, useBusy, usePreview } from '../../state/runs'
import { ActionBlock } from '../runbook/action-block'
import { PreviewNotes } from '../runbook/preview-notes'
import { RunButtons } from '../runbook/run-buttons'
import { RunFacts } from '../runbook/run-facts'
import { RunNotes } from '../runbook/run-notes'
import { isUnderWay } from '../runbook/run-words'
import { StepFacts } from '../runbook/step-inspector'

/** The last time the remedy of this finding was applied. */
export const remedyRun = (runs: Run[], subject: string): Run | null =>
  lastRun(
    runs.filter((run) => run.facts.subject === subject),
    'remedy'
  )

/** One remedy: first exactly what would be sent, then the run with what was seen. `runId` looks at a run that was. */
export function RemedyDialog({ subject, title, runId = null, onClose }: RemedyDialogProps) {
  const { move, runs } = useMove()
  const [started, setStarted] = useState<string | null>(runId)
  const run = started === null ? null : (runs.find((known) => known.id === started) ?? null)
  const preview = usePreview('remedy', { subject, wanted: started === null })
  const busy = useBusy(startKey('remedy', subject))
  const means = 'Only these statements were sent; the rest of the server is as it was.'
  const begin = async () => {
    const id = await startRun('remedy', subject)
    if (id) setStarted(id)
  }
  const recheck = () => {
    onClose()
    void runPreflight()
  }
  const blocked = preview.kind === 'ready' ? preview.preview.blockers[0]?.what : 'The preview is not there yet'
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={run ? run.title : 'Apply this remedy?'}
      foot={
        started === null ? (
          <>
            <Button autoFocus onPress={onClose}>
              Leave it as it is
            </Button>
            <Button
              variant="primary"
              icon="play"
              disabled={blocked ?? false}
              busy={busy === 'start' && 'Starting'}
              onPress={() => void begin()}
            >
              Apply
            </Button>
          </>
        ) : (
          <>
            <Button autoFocus onPress={onClose}>
              Close
            </Button>
            {run && <RunButtons run={run} move={move} />}
            {run?.state.kind === 'done' && (
              <Button variant="primary" icon="refresh" onPress={recheck}>
                Close and check again
              </Button>
            )}
          </>
        )
      }
    >
      {started === null ? (
        <div className="col g12">
          <p className="s12 t2">
            For <ServerText>{title}</ServerText>: exactly this is sent, and what it changes is kept for the undo.
          </p>
          <PreviewNotes kind="remedy" subject={subject} state={preview} />
          {preview.kind === 'ready' &&
            preview.preview.steps.map((step) => (
              <div key={step.id} className="col g8">
                {step.actions.map((action, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the order is the name
                  <ActionBlock key={index} action={action} move={move} />
                ))}
                <h3>Undo</h3>
                {step.undo.kind === 'actions' ? (
                  step.undo.actions.map((action, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the order is the name
                    <ActionBlock key={index} action={action} move={move} />
                  ))
                ) : (
                  <p className="s12 t2">{step.undo.kind === 'impossible' ? step.undo.why : 'Nothing to take back.'}</p>
                )}
              </div>
            ))}
        </div>
      ) : (
        <div className="col g12">
          {run ? (
            <>
              <RunFacts run={run} />
              <RunNotes run={run} means={means} />
              {run.state.kind === 'done' && (
                <Note tone="ok" title="Applied.">
                  The finding stands as it was seen before until the servers are asked again.
                </Note>
              )}
              {run.steps.map((step) =>
                isUnderWay(run) || run.state.kind === 'done' || run.state.kind === 'undone' ? (
                  <div key={step.id} className="preflight-steps">
                    <StepFacts step={step} move={move} means={means} />
                  </div>
                ) : (
                  step.actions.map((action, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the order is the name
                    <ActionBlock key={`${step.id}-${index}`} action={action} move={move} />
                  ))
                )
              )}
            </>
          ) : (
            <p className="s12 t2">Starting…</p>
          )}
        </div>
      )}
    </Dialog>
  )
}

/** What a `RemedyDialog` is told; `subject` is `check:server`. */
export type RemedyDialogProps = { subject: string; title: string; runId?: string | null; onClose: () => void }
