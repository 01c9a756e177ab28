import type { Run } from '../../../shared/runbook'
import { Button } from '../../parts/button'
import { useShortcut } from '../../parts/hooks/use-shortcut'
import { abortRun, useBusy } from '../../state/runs'

/** The emergency stop: one press or Esc, never typed, never asked twice. `locked` says why it is not possible any more. */
export function AbortButton({ run, under, locked }: { run: Run; under: string; locked?: string }) {
  const busy = useBusy(run.id)
  useShortcut('Escape', () => void abortRun(run.id), { enabled: !locked && busy !== 'abort', inFields: true })
  return (
    <>
      <Button
        variant="danger-solid"
        size="xl"
        wide
        icon="back"
        keys={['Esc']}
        disabled={locked}
        busy={busy === 'abort' && 'Letting go'}
        onPress={() => void abortRun(run.id)}
      >
        Abort
      </Button>
      <div className="under">{locked ?? under}</div>
    </>
  )
}
