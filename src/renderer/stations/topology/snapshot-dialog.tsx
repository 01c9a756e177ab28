import { useState } from 'react'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { Field } from '../../parts/field'
import { formatMoment } from '../../parts/format'
import { TextInput } from '../../parts/text-input'
import { takeSnapshot } from '../../state/topology'

/** Keeps the picture as it is under a name, to compare with later. */
export function SnapshotDialog({ onClose, onTaken }: { onClose: () => void; onTaken: (id: string) => void }) {
  const [name, setName] = useState(() => formatMoment(Date.now()))
  const [busy, setBusy] = useState(false)
  const take = async () => {
    if (name.trim() === '' || busy) return
    setBusy(true)
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
            busy={busy && 'Keeping'}
            disabled={name.trim() === '' && 'Give it a name'}
            onPress={() => void take()}
          >
            Keep
          </Button>
          <Button size="md" onPress={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <p>Keeps roles, links, variables and DNS as they are now. “Diff since” shows later what changed.</p>
      <Field label="Name">
        <TextInput value={name} onChange={setName} autoFocus onEnter={() => void take()} />
      </Field>
    </Dialog>
  )
}
