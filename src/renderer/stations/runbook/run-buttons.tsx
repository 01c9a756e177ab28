import type { Move } from '../../../shared/move'
import type { Run, RunbookKind } from '../../../shared/runbook'
import { Button } from '../../parts/button'
import { abortRun, personDone, resumeRun, useBusy } from '../../state/runs'
import { passedPoint } from './run-words'
import { UndoButton } from './undo-button'

/** Runs that can be taken back after they are done; a switch is reversed instead. */
const undoable: RunbookKind[] = ['link', 'seed', 'replicate', 'remedy', 'repair']

/** What can be done with a run in its state. */
export function RunButtons({ run, move }: { run: Run; move: Move }) {
  const busy = useBusy(run.id)
  const { state } = run
  const abort = (
    <Button
      key="abort"
      icon="back"
      variant="danger"
      busy={busy === 'abort' && 'Putting back'}
      disabled={passedPoint(run) ? 'The point of no return is passed: the way back is Reverse.' : false}
      title="Stops, and puts back what was done"
      onPress={() => void abortRun(run.id)}
    >
      Abort
    </Button>
  )
  const resume = (label: string, icon: 'eye' | 'redo') => (
    <Button
      key="resume"
      icon={icon}
      variant="primary"
      busy={busy === 'resume' && 'Observing'}
      onPress={() => void resumeRun(run.id)}
    >
      {label}
    </Button>
  )
  switch (state.kind) {
    case 'running':
      return abort
    case 'waiting':
      return (
        <>
          {abort}
          <Button
            icon="check"
            variant="primary"
            busy={busy === 'done' && 'Going on'}
            onPress={() => void personDone(run.id, state.step)}
          >
            Done, go on
          </Button>
        </>
      )
    case 'failed':
      return (
        <>
          {!passedPoint(run) && <UndoButton run={run} move={move} />}
          {resume('Try the step again', 'redo')}
        </>
      )
    case 'interrupted':
    case 'halted':
      return resume('Observe again', 'eye')
    case 'done':
      return undoable.includes(run.kind) ? <UndoButton run={run} move={move} /> : null
    case 'aborting':
    case 'aborted':
    case 'undone':
      return null
    default:
      return state satisfies never
  }
}
