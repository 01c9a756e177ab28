import { useState } from 'react'
import { nextDueAt } from '../../../shared/drift-schedule'
import { localMoment } from '../../../shared/drift-schedule-words'
import { databasePair } from '../../../shared/move'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { Field } from '../../parts/field'
import { useNow } from '../../parts/hooks/use-now'
import { Segmented } from '../../parts/segmented'
import { TextInput } from '../../parts/text-input'
import { useMove } from '../../state/open-move'
import { editMove } from '../../state/sites'
import { clockTyped } from './wish-lines'

/** Whether the data is compared by itself, and at what time; says what that sends and when it cannot be. */
export function ScheduleDialog({ onClose }: { onClose: () => void }) {
  const { move } = useMove()
  const now = useNow()
  const pair = databasePair(move)
  const [when, setWhen] = useState<'never' | 'daily'>(move.driftSchedule ? 'daily' : 'never')
  const [time, setTime] = useState(move.driftSchedule?.dailyAt ?? '02:00')
  const dailyAt = clockTyped(time)
  const wrong = when === 'daily' && dailyAt === null ? 'Write a time such as 02:00, from 00:00 to 23:59.' : undefined
  const save = async () => {
    if (wrong) return
    const driftSchedule = when === 'daily' && dailyAt !== null ? { dailyAt } : undefined
    const saved =
      driftSchedule?.dailyAt === move.driftSchedule?.dailyAt ||
      (await editMove(({ driftSchedule: _, ...rest }) => (driftSchedule ? { ...rest, driftSchedule } : rest)))
    if (saved) onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Compare by itself"
      foot={
        <>
          <Button variant="primary" size="md" disabled={wrong} onPress={() => void save()}>
            Save
          </Button>
          <Button size="md" onPress={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <Field label="Compare">
        <Segmented
          label="Compare by itself"
          value={when}
          onChange={setWhen}
          segments={[
            { id: 'never', label: 'Only by hand' },
            { id: 'daily', label: 'Every day' }
          ]}
        />
      </Field>
      {when === 'daily' && (
        <Field
          label="At"
          error={wrong}
          hint={
            dailyAt &&
            `By the clock of this computer (${zoneOf(now)}). Next ${localMoment(nextDueAt({ dailyAt }, now), now)}.`
          }
        >
          <TextInput
            mono
            autoFocus={move.driftSchedule !== undefined}
            width={88}
            value={time}
            onChange={setTime}
            onEnter={() => void save()}
          />
        </Field>
      )}
      <p className="t2">
        Every table of {pair ? `${pair.old.name} and ${pair.new.name}` : 'the pair of databases'} is compared gently:
        one small piece after the other, with a rest in between. Only reads are sent, the same as by hand.
      </p>
      <p className="t2">
        It happens only while Siteswap runs with this move open. If this computer slept, it is done once at waking.
        While a run or another comparison goes on, it waits for up to three hours. The desktop tells you the result,
        with no name of a table and no value of a row.
      </p>
    </Dialog>
  )
}

const zoneOf = (now: number): string => {
  const offset = -new Date(now).getTimezoneOffset()
  const hours = Math.floor(Math.abs(offset) / 60)
  const minutes = Math.abs(offset) % 60
  return `UTC${offset < 0 ? '−' : '+'}${hours}${minutes ? `:${String(minutes).padStart(2, '0')}` : ''}`
}
