import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { Note } from '../../parts/note'
import { ServerText } from '../../parts/server-text'
import { type Imported, removeMove } from '../../state/moves'
import { openMove } from '../../state/open-move'

/** A file from elsewhere names hosts: they are shown before one of them is contacted. */
export function ImportedDialog({ taken, onClose }: { taken: Imported; onClose: () => void }) {
  const count = taken.contacts.length
  const hosts = count === 1 ? '1 address' : `${count} addresses`
  return (
    <Dialog
      open
      onClose={onClose}
      title="Imported"
      foot={
        <>
          <Button
            variant="primary"
            size="md"
            onPress={() => {
              onClose()
              void openMove(taken.moveId)
            }}
          >
            {count === 0 ? 'Open' : `Open and allow ${hosts}`}
          </Button>
          <Button size="md" autoFocus onPress={onClose}>
            Keep closed
          </Button>
          <span className="end">
            <Button
              variant="ghost"
              size="md"
              onPress={() => {
                onClose()
                void removeMove(taken.moveId)
              }}
            >
              Remove it again
            </Button>
          </span>
        </>
      }
    >
      {count === 0 ? (
        <p>The move names no server yet. Nothing would be contacted.</p>
      ) : (
        <>
          <Note tone="att" title={`Once opened, this move makes the app contact ${hosts}.`}>
            Open it only if they are yours. Passwords did not come with the file; they are asked for.
          </Note>
          <ul className="contacts m sel-text">
            {taken.contacts.map((contact) => (
              <li key={contact}>
                <ServerText cap={200}>{contact}</ServerText>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  )
}
