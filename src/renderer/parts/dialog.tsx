import { type ReactNode, useId, useRef } from 'react'
import { useModal } from './hooks/use-modal'

/** A modal dialog. It keeps the focus, Esc calls `onClose`, and the focus returns to where it was. */
export function Dialog({ open, onClose, title, icon, aside, foot, wide, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useModal(dialog, open)
  if (!open) return null
  return (
    <dialog
      ref={dialog}
      className={wide ? 'dlg wide' : 'dlg'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div className="dlg-head">
        {icon}
        <h2 id={titleId}>{title}</h2>
        {aside && <div className="aside">{aside}</div>}
      </div>
      <div className="dlg-body">{children}</div>
      {foot && <div className="dlg-foot">{foot}</div>}
    </dialog>
  )
}

/** What a `Dialog` holds; put `autoFocus` on the safe choice in `foot`. */
export type DialogProps = {
  open: boolean
  onClose: () => void
  title: ReactNode
  icon?: ReactNode
  aside?: ReactNode
  foot?: ReactNode
  wide?: boolean
  children: ReactNode
}
