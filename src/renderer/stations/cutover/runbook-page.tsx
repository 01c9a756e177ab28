import type { Run, RunbookKind } from '../../../shared/runbook'
import { Button } from '../../parts/button'
import { StationHead } from '../../parts/station-head'
import { useMove } from '../../state/open-move'
import { RunView } from '../runbook/run-view'

const titles: Partial<Record<RunbookKind, string>> = {
  rehearsal: 'Rehearsal',
  finish: 'Finish the move',
  cutover: 'Cutover, every step',
  reverse: 'Reverse, every step'
}

/** A runbook on a page of its own: the preview of a rehearsal, or every step of a run with its evidence. */
export function RunbookPage({ kind, run, onBack }: { kind: RunbookKind; run: Run | null; onBack?: () => void }) {
  const { move, topology } = useMove()
  const active = move.new.servers.some((server) => server.id === topology?.active) ? move.new.name : move.old.name
  const words =
    kind === 'rehearsal'
      ? `Writers on ${active} wait for some tens of milliseconds and get no error. Nothing is switched.`
      : ''
  return (
    <>
      <StationHead
        title={titles[kind] ?? 'Run'}
        sub={run ? undefined : 'on the living site, under the lease'}
        actions={
          onBack && (
            <Button icon="arrow-left" onPress={onBack}>
              Back
            </Button>
          )
        }
      />
      <RunView
        kind={kind}
        run={run}
        action={kind === 'rehearsal' ? 'Rehearse now' : 'Finish the move'}
        words={words}
        means="The shop goes on as it was."
      />
    </>
  )
}
