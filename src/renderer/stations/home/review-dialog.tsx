import { useState } from 'react'
import type { MoveReview } from '../../../shared/move-review'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { allowMove } from '../../state/documents'
import { removeMove } from '../../state/moves'
import { openMove } from '../../state/open-move'
import { addressesIn, asksNothing, lockedBy, ReviewBody } from './review-body'

/** A file from elsewhere names hosts, accounts and commands: they are shown before one of them is used, and commands are agreed to by themselves. */
export function ReviewDialog({ moveId, review, imported, onClose }: ReviewDialogProps) {
  const [agreed, setAgreed] = useState(false)
  const hosts = addressesIn(review)
  const nothing = asksNothing(review)
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
          <Button variant="primary" size="md" disabled={lockedBy(review, agreed)} onPress={() => void open()}>
            {nothing ? 'Open' : review.contacts.length ? `Open and allow ${hosts}` : 'Open and allow'}
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
        <ReviewBody
          review={review}
          agreed={agreed}
          onAgree={setAgreed}
          title={`This move makes Siteswap contact ${hosts}${imported ? '' : ' for the first time'}. Nothing has been contacted yet.`}
        >
          {review.contacts.length === 1 ? 'Open it only if it is yours.' : 'Open it only if they are yours.'}{' '}
          {imported
            ? 'Passwords did not come with the file; they are asked for.'
            : 'The move came from a file, or its file was changed while it was closed. Passwords kept for it would be used.'}
        </ReviewBody>
      )}
    </Dialog>
  )
}

/** What a `ReviewDialog` is told; `imported` false: the file was changed while the move was closed. */
export type ReviewDialogProps = { moveId: string; review: MoveReview; imported: boolean; onClose: () => void }
