import { useState } from 'react'
import type { MoveReview } from '../../../shared/move-review'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { allowSite, removeSite } from '../../state/documents'
import { addressesIn, asksNothing, lockedBy, ReviewBody } from './review-body'

/** A saved site from elsewhere: what a move that uses it would contact is shown before it can be used. */
export function SiteReviewDialog({ siteId, name, review, imported, onClose }: SiteReviewDialogProps) {
  const [agreed, setAgreed] = useState(false)
  const allow = async () => {
    if (await allowSite(siteId, name, review)) onClose()
  }
  const nothing = asksNothing(review)
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={imported ? `${name} imported` : `Look at ${name} before it is used`}
      foot={
        nothing ? (
          <Button size="md" autoFocus onPress={onClose}>
            Close
          </Button>
        ) : (
          <>
            <Button variant="primary" size="md" disabled={lockedBy(review, agreed)} onPress={() => void allow()}>
              Allow moves to use it
            </Button>
            <Button size="md" autoFocus onPress={onClose}>
              Not now
            </Button>
            <span className="end">
              <Button
                variant="ghost"
                size="md"
                onPress={() => {
                  onClose()
                  void removeSite(siteId)
                }}
              >
                Remove it
              </Button>
            </span>
          </>
        )
      }
    >
      {nothing ? (
        <p>The site names no server. A move that uses it would contact nothing.</p>
      ) : (
        <ReviewBody
          review={review}
          agreed={agreed}
          onAgree={setAgreed}
          title={`A move with this site makes Siteswap contact ${addressesIn(review)}. Nothing has been contacted yet.`}
        >
          {imported
            ? 'Use it only if it is yours. Passwords did not come with the file; they are asked for.'
            : 'It came from a file, or its file was changed. Use it only if it is yours.'}
        </ReviewBody>
      )}
    </Dialog>
  )
}

/** What a `SiteReviewDialog` is told; `imported` false: it lies among the saved sites already. */
export type SiteReviewDialogProps = {
  siteId: string
  name: string
  review: MoveReview
  imported: boolean
  onClose: () => void
}
