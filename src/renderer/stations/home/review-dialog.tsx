import { useState } from 'react'
import type { MoveReview } from '../../../shared/move-review'
import { Button } from '../../parts/button'
import { Checkbox } from '../../parts/checkbox'
import { Dialog } from '../../parts/dialog'
import { Note } from '../../parts/note'
import { allowMove } from '../../state/documents'
import { removeMove } from '../../state/moves'
import { openMove } from '../../state/open-move'
import { AskedList } from '../document/asked-list'

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

/** A file from elsewhere names hosts, accounts and commands: they are shown before one of them is used, and commands are agreed to by themselves. */
export function ReviewDialog({ moveId, review, imported, onClose }: ReviewDialogProps) {
  const [agreed, setAgreed] = useState(false)
  const { contacts, commands, files } = review
  const hosts = counted(contacts.length, 'address', 'addresses')
  const nothing = contacts.length + commands.length + files.length === 0
  const open = async () => {
    if (!(await allowMove(moveId, review))) return
    onClose()
    await openMove(moveId)
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={imported ? 'Imported' : 'Look before it is opened'}
      foot={
        <>
          <Button
            variant="primary"
            size="md"
            disabled={commands.length > 0 && !agreed ? 'Read the commands first, then tick the box.' : false}
            onPress={() => void open()}
          >
            {nothing ? 'Open' : contacts.length ? `Open and allow ${hosts}` : 'Open and allow'}
          </Button>
          <Button size="md" autoFocus onPress={onClose}>
            Keep closed
          </Button>
          {imported && (
            <span className="end">
              <Button
                variant="ghost"
                size="md"
                onPress={() => {
                  onClose()
                  void removeMove(moveId)
                }}
              >
                Remove it again
              </Button>
            </span>
          )}
        </>
      }
    >
      {nothing ? (
        <p>The move names no server yet. Nothing would be contacted.</p>
      ) : (
        <div className="col g12">
          <Note
            tone="att"
            title={`This move makes Siteswap contact ${hosts}${imported ? '' : ' for the first time'}. Nothing has been contacted yet.`}
          >
            {contacts.length === 1 ? 'Open it only if it is yours.' : 'Open it only if they are yours.'}{' '}
            {imported
              ? 'Passwords did not come with the file; they are asked for.'
              : 'The move came from a file, or its file was changed while it was closed. Passwords kept for it would be used.'}
          </Note>
          <AskedList title={hosts} lines={contacts} />
          {commands.length > 0 && (
            <>
              <AskedList
                title={`${counted(commands.length, 'command', 'commands')}, run at the cutover`}
                lines={commands}
              />
              <Checkbox checked={agreed} onChange={setAgreed}>
                {commands.length === 1
                  ? 'I have read the command and want it to be run'
                  : 'I have read the commands and want them to be run'}
              </Checkbox>
            </>
          )}
          {files.length > 0 && (
            <AskedList title={`${counted(files.length, 'file', 'files')}, read or changed`} lines={files} />
          )}
        </div>
      )}
    </Dialog>
  )
}

/** What a `ReviewDialog` is told; `imported` false: the file was changed while the move was closed. */
export type ReviewDialogProps = { moveId: string; review: MoveReview; imported: boolean; onClose: () => void }
