import type { RunbookKind } from '../../../shared/runbook'
import { Button } from '../../parts/button'
import { ConfirmTyped } from '../../parts/confirm-typed'
import { type PreviewState, startKey, startRun, useBusy } from '../../state/runs'

/** The button that starts what the preview shows, locked with the reason while it may not start; words to type where the runbook wants them. */
export function StartBar({ kind, subject = null, state, action, words }: StartBarProps) {
  const busy = useBusy(startKey(kind, subject))
  const blocker = state.kind === 'ready' ? state.preview.blockers[0] : undefined
  const locked = state.kind === 'ready' ? (blocker?.what ?? false) : 'The preview is not there yet'
  const confirm = state.kind === 'ready' ? state.preview.confirmWords : null
  return (
    <div className="start-bar">
      {words && <p className="s12 t2">{words}</p>}
      {confirm === null ? (
        <Button
          variant="primary"
          size="md"
          icon="play"
          disabled={locked}
          busy={busy === 'start' && 'Starting'}
          onPress={() => void startRun(kind, subject)}
        >
          {action}
        </Button>
      ) : (
        <ConfirmTyped
          words={confirm}
          action={action}
          disabled={locked}
          busy={busy === 'start' && 'Starting'}
          onConfirm={() => void startRun(kind, subject, confirm)}
        />
      )}
    </div>
  )
}

/** What a `StartBar` is told; `words` say in one line what will happen. */
export type StartBarProps = {
  kind: RunbookKind
  subject?: string | null
  state: PreviewState
  action: string
  words?: string
}
