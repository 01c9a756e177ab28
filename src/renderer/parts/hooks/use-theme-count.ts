import { useSyncExternalStore } from 'react'

let theme = 0
const listeners = new Set<() => void>()
let observer: MutationObserver | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (!observer) {
    observer = new MutationObserver(() => {
      theme += 1
      for (const notify of listeners) notify()
    })
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      observer?.disconnect()
      observer = undefined
    }
  }
}

/** A number that changes when the theme does: for canvases, which have to be drawn anew. */
export function useThemeCount(): number {
  return useSyncExternalStore(subscribe, () => theme)
}
