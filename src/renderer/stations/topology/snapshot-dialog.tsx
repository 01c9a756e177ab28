import { useState } from 'react'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { Field } from '../../parts/field'
import { formatMoment } from '../../parts/format'
import { IconButton } from '../../parts/icon-button'
import { NumberInput } from '../../parts/number-input'
import { TextInput } from '../../parts/text-input'
import { useMove } from '../../state/open-move'
import { editMove } from '../../state/sites'
import { takeSnapshot } from '../../state/topology'
import { removeSnapshot } from '../../state/topology-diff'

const off = { everyMinutes: 0, keep: 24 }
const kinds = {
  hand: 'by hand',
  'before-run': 'before a run',
  'after-run': 'after a run',
  schedule: 'scheduled'
} as const

/** Keeps everything as it is under a name, to compare with later; says how often that happens by itself, and what is kept. */
export function SnapshotDialog({ onClose, onTaken }: { onClose: () => void; onTaken: (id: string) => void }) {
  const { move } = useMove()
  const [name, setName] = useState(() => formatMoment(Date.now()))
  const [schedule, setSchedule] = useState<Schedule>(move.snapshots ?? off)
  const [busy, setBusy] = useState(false)
  const wrong = scheduleError(schedule)
  const keepSchedule = async () => {
    const { everyMinutes, keep } = schedule
    const known = move.snapshots ?? off
    if (everyMinutes === null || keep === null) return
    if (everyMinutes === known.everyMinutes && keep === known.keep) return
    await editMove((now) => ({ ...now, snapshots: { everyMinutes, keep } }))
  }
  const close = async () => {
    if (!wrong) await keepSchedule()
    onClose()
  }
  const take = async () => {
    if (name.trim() === '' || busy || wrong) return
    setBusy(true)
    await keepSchedule()
    const taken = await takeSnapshot(name.trim().slice(0, 120))
    setBusy(false)
    if (!taken) return
    onClose()
    onTaken(taken.id)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Snapshot"
      foot={
        <>
          <Button
            variant="primary"
            size="md"
            keys={['↵']}
            busy={busy && 'Asking every server'}
            disabled={name.trim() === '' ? 'Give it a name' : wrong}
            onPress={() => void take()}
          >
            Keep
          </Button>
          <Button size="md" onPress={() => void close()}>
            Close
          </Button>
        </>
      }
    >
      <p>
        Keeps roles, links, DNS, all variables, accounts with their grants, and the schemas of the paired servers. No
        data and no password.
      </p>
      <Field label="Name">
        <TextInput value={name} onChange={setName} autoFocus onEnter={() => void take()} />
      </Field>
      <Schedules schedule={schedule} wrong={wrong} onChange={setSchedule} />
      <Kept />
    </Dialog>
  )
}

type Schedule = { everyMinutes: number | null; keep: number | null }

const whole = (value: number | null, least: number, most: number): boolean =>
  value !== null && Number.isInteger(value) && value >= least && value <= most

const scheduleError = ({ everyMinutes, keep }: Schedule): string | false => {
  if (!whole(everyMinutes, 0, 1440)) return 'Every 0 to 1440 minutes'
  return whole(keep, 1, 500) ? false : 'Keep 1 to 500'
}

function Schedules(props: { schedule: Schedule; wrong: string | false; onChange: (schedule: Schedule) => void }) {
  const { schedule, wrong, onChange } = props
  return (
    <>
      <Field
        label="By itself every"
        error={wrong || undefined}
        hint={
          schedule.everyMinutes === 0 ? '0: only by hand, and before and after each run.' : 'While the move is open.'
        }
      >
        <NumberInput
          value={schedule.everyMinutes}
          onChange={(everyMinutes) => onChange({ ...schedule, everyMinutes })}
          unit="min"
          min={0}
          max={1440}
        />
      </Field>
      <Field label="Of these keep the last">
        <NumberInput value={schedule.keep} onChange={(keep) => onChange({ ...schedule, keep })} min={1} max={500} />
      </Field>
    </>
  )
}

function Kept() {
  const { snapshots } = useMove()
  if (snapshots.length === 0) return null
  return (
    <section aria-label="Kept snapshots" className="snap-list">
      {[...snapshots].reverse().map((snapshot) => (
        <div key={snapshot.id} className="row">
          <span className="el grow" title={snapshot.name}>
            {snapshot.name}
          </span>
          <span className="s11 t2 nw">
            {kinds[snapshot.by]}, {formatMoment(snapshot.at)}
          </span>
          {snapshot.isWhole && (
            <IconButton
              icon="trash"
              small
              label={`Remove ${snapshot.name}`}
              onPress={() => void removeSnapshot(snapshot.id)}
            />
          )}
        </div>
      ))}
    </section>
  )
}
