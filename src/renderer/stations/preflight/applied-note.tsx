import type { Run } from '../../../shared/runbook'
import { Age } from '../../parts/age'
import { Button } from '../../parts/button'
import { Note, type NoteTone } from '../../parts/note'
import { runPreflight } from '../../state/preflight'
import { remedyRun } from './remedy-dialog'

const words: Record<Run['state']['kind'], { tone: NoteTone; title: string }> = {
  running: { tone: 'info', title: 'The remedy is being applied.' },
  waiting: { tone: 'att', title: 'The remedy waits for you.' },
  failed: { tone: 'dan', title: 'The remedy failed.' },
  halted: { tone: 'dan', title: 'The remedy was halted.' },
  aborting: { tone: 'att', title: 'The remedy is being put back.' },
  aborted: { tone: 'info', title: 'The remedy was put back.' },
  interrupted: { tone: 'att', title: 'The app ended while the remedy was applied.' },
  done: { tone: 'ok', title: 'The remedy was applied.' },
  undone: { tone: 'info', title: 'The remedy was taken back.' }
}

/** What became of the remedy of this finding, if it was applied from here. */
export function AppliedNote({ runs, subject, at, onShow }: AppliedNoteProps) {
  const run = remedyRun(runs, subject)
  if (!run) return null
  const { tone, title } = words[run.state.kind]
  const newer = (run.endedAt ?? run.startedAt) > at
  return (
    <div className="pad">
      <Note
        tone={tone}
        title={title}
        aside={<Age at={run.endedAt ?? run.startedAt} ago />}
        actions={
          <>
            <Button onPress={() => onShow(run.id)}>Statements and undo</Button>
            {newer && run.state.kind === 'done' && (
              <Button icon="refresh" onPress={() => void runPreflight()}>
                Check again
              </Button>
            )}
          </>
        }
      >
        {newer ? 'This finding was seen before that.' : 'This finding was seen after that.'}
      </Note>
    </div>
  )
}

/** What an `AppliedNote` is told; `at` is when the finding was seen. */
export type AppliedNoteProps = { runs: Run[]; subject: string; at: number; onShow: (runId: string) => void }
