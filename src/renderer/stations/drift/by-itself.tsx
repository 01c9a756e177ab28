import { useState } from 'react'
import { nextDueAt } from '../../../shared/drift-schedule'
import { localMoment, scheduledWords } from '../../../shared/drift-schedule-words'
import { Button } from '../../parts/button'
import { useNow } from '../../parts/hooks/use-now'
import { ServerText } from '../../parts/server-text'
import { StatusIcon } from '../../parts/status-icon'
import type { StatusKind } from '../../parts/status-kind'
import { useMove } from '../../state/open-move'
import { ScheduleDialog } from './schedule-dialog'

/** Says whether this move is compared by itself, and opens the choice. */
export function ByItself() {
  const { driftSchedule } = useMove().move
  const [choosing, setChoosing] = useState(false)
  return (
    <>
      <Button variant="ghost" icon="clock" onPress={() => setChoosing(true)}>
        {driftSchedule ? `Daily at ${driftSchedule.dailyAt}` : 'By itself…'}
      </Button>
      {choosing && <ScheduleDialog onClose={() => setChoosing(false)} />}
    </>
  )
}

/** What became of the last comparison that was due by itself, and when the next one is; nothing while there is no schedule. */
export function ByItselfLine() {
  const { move, driftSchedule } = useMove()
  const now = useNow()
  const schedule = move.driftSchedule
  if (!schedule) return null
  const { now: going, last } = driftSchedule
  const past = last && !going ? { status: statusOf(last.end), words: scheduledWords(last, now) } : null
  return (
    <section className="drift-by-itself" aria-label="By itself">
      <StatusIcon status={going ? (going.kind === 'waiting' ? 'todo' : 'running') : (past?.status ?? 'todo')} />
      <span className="grow">
        {going?.kind === 'comparing' && `Compares by itself, due ${localMoment(going.dueAt, now)}.`}
        {going?.kind === 'waiting' && (
          <>
            Due {localMoment(going.dueAt, now)} by itself, waits for <ServerText>{going.why}</ServerText>.
          </>
        )}
        {past && <ServerText cap={400}>{past.words}</ServerText>}
        {!going && !past && 'Not compared by itself yet.'}
      </span>
      <span className="t2 nw">
        Next {localMoment(nextDueAt(schedule, now), now)}, this computer’s time, if the move is open.
      </span>
    </section>
  )
}

type End = NonNullable<ReturnType<typeof useMove>['driftSchedule']['last']>['end']

const statusOf = (end: End): StatusKind => {
  switch (end.kind) {
    case 'compared':
      return end.verdict === 'equal' ? 'ok' : end.verdict === 'differs' ? 'danger' : 'inconclusive'
    case 'begun':
      return 'running'
    case 'failed':
      return 'danger'
    case 'stopped':
      return 'left-out'
    case 'skipped':
    case 'missed':
    case 'broken-off':
      return 'attention'
    default:
      return end satisfies never
  }
}
