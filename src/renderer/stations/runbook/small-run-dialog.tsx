import { type ReactNode, useState } from 'react'
import type { RunbookKind } from '../../../shared/runbook'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { Note } from '../../parts/note'
import { useMove } from '../../state/open-move'
import { startKey, startRun, useBusy, usePreview } from '../../state/runs'
import { ActionBlock } from './action-block'
import { PreviewNotes } from './preview-notes'
import { RunButtons } from './run-buttons'
import { RunFacts } from './run-facts'
import { RunNotes } from './run-notes'
import { isUnderWay } from './run-words'
import { StepFacts } from './step-inspector'
import './runbook.css'

/** A run small enough for a dialog: first exactly what would be sent and its undo, then the run with what was seen. `runId` looks at a run that was. */
export function SmallRunDialog(props: SmallRunDialogProps) {
  const { kind, subject, ask, intro, start, means, done, after, runId = null, onClose } = props
  const { move, runs } = useMove()
  const [started, setStarted] = useState<string | null>(runId)
  const run = started === null ? null : (runs.find((known) => known.id === started) ?? null)
  const preview = usePreview(kind, { subject, wanted: started === null })
  const busy = useBusy(startKey(kind, subject))
  const begin = async () => {
    const id = await startRun(kind, subject)
    if (id) setStarted(id)
  }
  const blocked = preview.kind === 'ready' ? preview.preview.blockers[0]?.what : 'The preview is not there yet'
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={run ? run.title : ask}
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
              {start}
            </Button>
          </>
        ) : (
          <>
            <Button autoFocus onPress={onClose}>
              Close
            </Button>
            {run && <RunButtons run={run} move={move} />}
            {run?.state.kind === 'done' && (
              <Button
                variant="primary"
                icon="refresh"
                onPress={() => {
                  onClose()
                  after.act()
                }}
              >
                {after.label}
              </Button>
            )}
          </>
        )
      }
    >
      {started === null ? (
        <div className="col g12">
          <p className="s12 t2">{intro}</p>
          <PreviewNotes kind={kind} subject={subject} state={preview} />
          {preview.kind === 'ready' &&
            preview.preview.steps.map((step) => (
              <div key={step.id} className="col g8">
                {step.actions.map((action, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the order is the name
                  <ActionBlock key={index} action={action} move={move} />
                ))}
                {step.undo.kind !== 'nothing' && <h3>Undo</h3>}
                {step.undo.kind === 'actions' &&
                  step.undo.actions.map((action, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the order is the name
                    <ActionBlock key={index} action={action} move={move} />
                  ))}
                {step.undo.kind === 'impossible' && <p className="s12 t2">{step.undo.why}</p>}
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
                <Note tone="ok" title={done.title}>
                  {done.text}
                </Note>
              )}
              {run.steps.map((step) =>
                isUnderWay(run) || run.state.kind === 'done' || run.state.kind === 'undone' ? (
                  <div key={step.id} className="small-run-step">
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

/** What a `SmallRunDialog` is told; `means` says what a failure leaves, `after` is offered when it is done. */
export type SmallRunDialogProps = {
  kind: RunbookKind
  subject: string
  ask: string
  intro: ReactNode
  start: string
  means: string
  done: { title: string; text: ReactNode }
  after: { label: string; act: () => void }
  runId?: string | null
  onClose: () => void
}
