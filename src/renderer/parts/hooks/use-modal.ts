import { type RefObject, useEffect } from 'react'

/** Opens a native dialog as a modal one while `open`, puts the focus on what asks for it, and gives it back at the end. */
export function useModal(dialog: RefObject<HTMLDialogElement | null>, open: boolean): void {
  useEffect(() => {
    const element = dialog.current
    if (!element || !open) return
    const before = document.activeElement
    if (!element.open) element.showModal()
    // React's autoFocus comes while the dialog is still closed, and the browser would choose the first button.
    element.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    return () => {
      element.close()
      // The dialog leaves the page when it closes, so the browser cannot give the focus back itself.
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [dialog, open])
}
