import { useEffect, useState } from 'react'
import type { MoveListItem } from '../../../shared/contract'
import { Button } from '../../parts/button'
import { Checkbox } from '../../parts/checkbox'
import { Dialog } from '../../parts/dialog'
import { secretNames } from '../../state/documents'
import { duplicateMove } from '../../state/moves'

/** A copy is a move of its own: what comes along is said, and whether its passwords do is chosen. */
export function DuplicateDialog({ move, onClose, onDuplicated }: DuplicateDialogProps) {
  const [names, setNames] = useState<string[] | null>(null)
  const [secrets, setSecrets] = useState(true)
  const [busy, setBusy] = useState(false)
  useEffect(() => void secretNames(move.id).then(setNames), [move.id])
  const count = names?.length ?? 0
  const duplicate = async () => {
    if (busy) return
    setBusy(true)
    const id = await duplicateMove(move.id, secrets && count > 0)
    onClose()
    if (id) onDuplicated(id)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Duplicate ${move.name}`}
      foot={
        <>
          <Button variant="primary" size="md" autoFocus busy={busy && 'Copying'} onPress={() => void duplicate()}>
            Duplicate
          </Button>
          <Button size="md" onPress={onClose}>
            Cancel
          </Button>
          <span className="end s11 t3">nothing is contacted</span>
        </>
      }
    >
      <div className="col g12">
        <p>The copy has the same sites, servers, domains and limits. It begins without runs, journal and waivers.</p>
        {count > 0 && (
          <div className="col g4">
            <Checkbox checked={secrets} onChange={setSecrets}>
              {count === 1 ? 'Copy its password as well' : `Copy its ${count} passwords as well`}
            </Checkbox>
            <p className="s12 t2">
              The copies stand for themselves: removing or changing one move leaves the other’s passwords alone.
            </p>
          </div>
        )}
        {names !== null && count === 0 && <p className="t2">No password is kept for it, so none is copied.</p>}
      </div>
    </Dialog>
  )
}

/** What a `DuplicateDialog` is told. */
export type DuplicateDialogProps = { move: MoveListItem; onClose: () => void; onDuplicated: (id: string) => void }
