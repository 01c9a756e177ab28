import type { Run } from '../../../shared/runbook'
import { Note } from '../../parts/note'
import { ServerText } from '../../parts/server-text'
import { FailurePanel } from './failure-panel'
import { PersonPanel } from './person-panel'

/** What a person must know of a run's state before looking at its steps. */
export function RunNotes({ run, means }: { run: Run; means?: string }) {
  const { state } = run
  switch (state.kind) {
    case 'waiting':
      return <PersonPanel run={run} />
    case 'failed':
      return <FailurePanel failure={state.failure} means={means} />
    case 'halted':
      return (
        <Note tone="dan" title="Halted: what is true is not known.">
          <ServerText>{state.why}</ServerText> The only thing to do is to observe again.
        </Note>
      )
    case 'interrupted':
      return (
        <Note tone="att" title="The app ended in the middle of this run.">
          Nothing goes on by itself. “Observe again” looks at the servers first and then goes on, or puts back.
        </Note>
      )
    case 'aborting':
      return (
        <Note tone="att" title="Putting back what was done.">
          <ServerText>{state.why}</ServerText>
        </Note>
      )
    case 'aborted':
      return (
        <Note tone="info" title="Aborted; everything was put back.">
          <ServerText>{state.why}</ServerText>
        </Note>
      )
    case 'undone':
      return <Note tone="info" title="Taken back." />
    case 'running':
    case 'done':
      return null
    default:
      return state satisfies never
  }
}
