import type { Run } from '../../../shared/runbook'
import { Button } from '../../parts/button'
import { CopyButton } from '../../parts/copy-button'
import { Note } from '../../parts/note'
import { ServerText } from '../../parts/server-text'
import { personDone, useBusy } from '../../state/runs'

/** A step waits for a person: what is asked, to copy, and the button that lets the run go on. */
export function PersonPanel({ run }: { run: Run }) {
  const busy = useBusy(run.id)
  if (run.state.kind !== 'waiting') return null
  const { step, text } = run.state
  const title = run.steps.find((known) => known.id === step)?.title ?? step
  return (
    <Note
      tone="att"
      title={`${title}: this is yours to do.`}
      actions={
        <>
          <Button
            variant="primary"
            icon="check"
            busy={busy === 'done' && 'Going on'}
            onPress={() => void personDone(run.id, step)}
          >
            Done, go on
          </Button>
          <CopyButton text={text} variant="default">
            Copy the text
          </CopyButton>
        </>
      }
    >
      <ServerText>{text}</ServerText>
    </Note>
  )
}
