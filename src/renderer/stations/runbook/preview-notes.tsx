import type { RunbookKind } from '../../../shared/runbook'
import { Button } from '../../parts/button'
import { Loading } from '../../parts/loading'
import { Note } from '../../parts/note'
import { ServerText } from '../../parts/server-text'
import { askPreview, type PreviewState } from '../../state/runs'
import { FailurePanel } from './failure-panel'

/** What speaks against starting: asked and not answered, reasons, warnings. Nothing when all is well. */
export function PreviewNotes({ kind, subject = null, state }: PreviewNotesProps) {
  const again = (
    <Button icon="refresh" onPress={() => void askPreview(kind, subject)}>
      Ask again
    </Button>
  )
  switch (state.kind) {
    case 'asking':
      return <Loading rows={6}>Asking both servers what would be sent</Loading>
    case 'failed':
      return <FailurePanel failure={state.failure} means="Nothing was sent that changes anything." actions={again} />
    case 'ready':
      return (
        <>
          {state.failure && (
            <Note tone="att" title="The last question was not answered." actions={again}>
              {state.failure.what} What is shown is older.
            </Note>
          )}
          {state.preview.blockers.map((blocker) => (
            <Note
              key={`${blocker.what}${blocker.where ?? ''}`}
              tone="dan"
              title={blocker.what}
              aside={blocker.where}
              actions={again}
            >
              <ServerText>{[blocker.why, blocker.words, ...blocker.try].filter(Boolean).join(' ')}</ServerText>
            </Note>
          ))}
          {state.preview.warnings.map((warning) => (
            <Note key={warning} tone="att">
              {warning}
            </Note>
          ))}
        </>
      )
    default:
      return state satisfies never
  }
}

/** What `PreviewNotes` are told. */
export type PreviewNotesProps = { kind: RunbookKind; subject?: string | null; state: PreviewState }
