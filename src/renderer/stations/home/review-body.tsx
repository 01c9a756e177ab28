import { emptyReview, type MoveReview } from '../../../shared/move-review'
import { Checkbox } from '../../parts/checkbox'
import { Note } from '../../parts/note'
import { AskedList } from '../document/asked-list'

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

/** How many addresses a review names, in words. */
export const addressesIn = ({ contacts }: MoveReview): string => counted(contacts.length, 'address', 'addresses')

/** Whether a review asks for nothing at all. */
export const asksNothing = (review: MoveReview): boolean => JSON.stringify(review) === JSON.stringify(emptyReview)

/** Why the dialog's button stays locked: commands are agreed to by themselves. */
export const lockedBy = ({ commands }: MoveReview, agreed: boolean): string | false =>
  commands.length > 0 && !agreed ? 'Read the commands first, then tick the box.' : false

/** What a file from elsewhere makes Siteswap contact, run and use; nothing of it has happened yet. */
export function ReviewBody({ review, title, children, agreed, onAgree }: ReviewBodyProps) {
  const { contacts, commands, files } = review
  return (
    <div className="col g12">
      <Note tone="att" title={title}>
        {children}
      </Note>
      {contacts.length > 0 && <AskedList title={addressesIn(review)} lines={contacts} />}
      {commands.length > 0 && (
        <>
          <AskedList
            title={`${counted(commands.length, 'command', 'commands')}, run when it comes to them`}
            lines={commands}
          />
          <Checkbox checked={agreed} onChange={onAgree}>
            {commands.length === 1
              ? 'I have read the command and want it to be run'
              : 'I have read the commands and want them to be run'}
          </Checkbox>
        </>
      )}
      {files.length > 0 && (
        <AskedList
          title={`${counted(files.length, 'file or key', 'files and keys')}, used here or changed there`}
          lines={files}
        />
      )}
    </div>
  )
}

/** What a `ReviewBody` is told; its children say what to think of before it is allowed. */
export type ReviewBodyProps = {
  review: MoveReview
  title: string
  children: string | string[]
  agreed: boolean
  onAgree: (agreed: boolean) => void
}
