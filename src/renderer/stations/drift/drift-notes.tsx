import type { ReactNode } from 'react'
import type { OpenMove } from '../../../shared/contract'
import { comparedAt, type DriftState, driftVerdict } from '../../../shared/drift'
import { Age } from '../../parts/age'
import { useNow } from '../../parts/hooks/use-now'
import { Note } from '../../parts/note'
import { ServerText } from '../../parts/server-text'
import { FailurePanel } from '../runbook/failure-panel'

type Seen = Exclude<DriftState, { kind: 'never' }>

/** What a comparison has to say beside its numbers: why it waits, why it ended, what it proves, and how old that is. */
export function DriftNotes({ state, staleAfterMs, open, panel }: DriftNotesProps) {
  const now = useNow()
  const notes = [panel, ...notesOf(state, now, staleAfterMs, open)].filter(Boolean)
  return notes.length ? <div className="drift-notes">{notes}</div> : null
}

const notesOf = (state: Seen, now: number, staleAfterMs: number, open: OpenMove): ReactNode[] => {
  switch (state.kind) {
    case 'running':
      return [
        state.pace?.kind === 'paused' && (
          <Note key="pace" tone="info" title="Paused." aside={<Age at={state.pace.since} ago />}>
            Nothing is asked of either server. What was found stays, also when the app is closed.
          </Note>
        ),
        state.pace?.kind === 'waiting' && (
          <Note key="pace" tone="att" title="Waiting for a server." aside={<Age at={state.pace.since} ago />}>
            <ServerText>{state.pace.why}</ServerText>. The comparison goes on by itself.
          </Note>
        )
      ]
    case 'failed':
      return [
        state.failure.kind === 'cancelled' ? (
          <Note key="stopped" tone="info" title="The comparison was stopped." aside={<Age at={state.at} ago />}>
            Verdicts reached before stand with their age. Nothing is said of the rest, so the cutover’s gate stays shut.
          </Note>
        ) : (
          <FailurePanel
            key="failed"
            failure={state.failure}
            at={state.at}
            means="Comparing only reads: nothing was changed. Verdicts reached before are shown; the rest is not known."
          />
        )
      ]
    case 'done':
      return [
        state.certificate && (
          <Note
            key="certificate"
            tone={driftVerdict(state) === 'equal' ? 'ok' : 'info'}
            title={driftVerdict(state) === 'equal' ? 'Equal at one position.' : 'Read at one position.'}
            aside={<Age at={state.certificate.at} ago />}
          >
            Both sides were read as they were at{' '}
            <span className="m">
              <ServerText cap={400}>{state.certificate.position}</ServerText>
            </span>
            : {state.certificate.how}.
          </Note>
        ),
        state.partial && (
          <Note key="partial" tone="att" title="Only some tables were asked for.">
            Nothing is said of the rest, so the cutover’s gate stays shut.
          </Note>
        ),
        now - comparedAt(state) > staleAfterMs && (
          <Note key="stale" tone="att" title="This verdict is old." aside={<Age at={comparedAt(state)} ago />}>
            The cutover accepts one of the last {open.move.thresholds.driftMaxAgeMinutes} min only. Compare again.
          </Note>
        )
      ]
    default:
      return state satisfies never
  }
}

/** What `DriftNotes` are told; `panel` is why a command was refused. */
export type DriftNotesProps = { state: Seen; staleAfterMs: number; open: OpenMove; panel: ReactNode }
