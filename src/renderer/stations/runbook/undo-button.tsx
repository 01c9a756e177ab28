import { useState } from 'react'
import type { Move } from '../../../shared/move'
import type { Run } from '../../../shared/runbook'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { undoRun, useBusy } from '../../state/runs'
import { ActionBlock } from './action-block'

/** Takes a run back: first shows every statement of its undo, last step first. */
export function UndoButton({ run, move }: { run: Run; move: Move }) {
  const [open, setOpen] = useState(false)
  const busy = useBusy(run.id)
  const back = [...run.steps].reverse().filter((step) => !['todo', 'undone', 'skipped'].includes(step.state))
  const impossible = back.find((step) => step.undo.kind === 'impossible')
  const why = impossible?.undo.kind === 'impossible' ? `${impossible.title}: ${impossible.undo.why}` : undefined
  return (
    <>
      <Button icon="back" busy={busy === 'undo' && 'Taking it back'} disabled={why} onPress={() => setOpen(true)}>
        Undo…
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Take back “${run.title}”?`}
        wide
        foot={
          <>
            <Button autoFocus onPress={() => setOpen(false)}>
              Leave it as it is
            </Button>
            <Button
              variant="danger"
              icon="back"
              onPress={() => {
                setOpen(false)
                void undoRun(run.id)
              }}
            >
              Take it back
            </Button>
          </>
        }
      >
        <div className="col g12">
          <p className="s12 t2">These are sent, the last step first; each is observed before the next.</p>
          {back.map((step) =>
            step.undo.kind === 'actions' ? (
              <div key={step.id} className="col g4">
                <h3>{step.title}</h3>
                {step.undo.actions.map((action, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the order is the name
                  <ActionBlock key={index} action={action} move={move} />
                ))}
              </div>
            ) : null
          )}
          {back.every((step) => step.undo.kind !== 'actions') && <p>Nothing was changed that has to be taken back.</p>}
        </div>
      </Dialog>
    </>
  )
}
