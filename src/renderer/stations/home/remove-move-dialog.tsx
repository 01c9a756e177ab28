import type { MoveListItem } from '../../../shared/contract'
import { Button } from '../../parts/button'
import { ConfirmTyped } from '../../parts/confirm-typed'
import { Dialog } from '../../parts/dialog'
import { exportMove, removeMove } from '../../state/moves'

/** Removing takes the journal along, which no undo brings back: the words are typed. */
export function RemoveMoveDialog({ move, onClose }: { move: MoveListItem; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove ${move.name}`}
      foot={
        <>
          {!move.broken && (
            <Button size="md" icon="export" onPress={() => void exportMove(move.id)}>
              Export first
            </Button>
          )}
          <Button size="md" onPress={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <p>
        Removes the move, its backups and its journal from this computer. No server is contacted or changed: a bridge or
        replication that was built stays as it is. Its passwords are removed from the keychain.
      </p>
      <ConfirmTyped
        words={`remove ${move.old || 'it'}`}
        action="Remove"
        icon="trash"
        danger
        small
        autoFocus
        onConfirm={() => {
          onClose()
          void removeMove(move.id)
        }}
      />
    </Dialog>
  )
}
