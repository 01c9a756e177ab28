import { useEffect, useState } from 'react'

/** Puts the focus back where it was before this came, when it goes with the focus inside. */
export function useFocusReturn(): void {
  // Asked while rendering: a field inside takes the focus before any effect runs.
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      const lost = document.activeElement === null || document.activeElement === document.body
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus()
    },
    [before]
  )
}
