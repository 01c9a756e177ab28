import { type RefObject, useEffect } from 'react'

/** Calls `run` on Esc pressed inside `scope`, and keeps the key from going further. */
export function useEscape(run: (() => void) | undefined, active: boolean, scope: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = scope.current
    if (!active || !run || !element) return
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      event.preventDefault()
      event.stopPropagation()
      run()
    }
    element.addEventListener('keydown', listen)
    return () => element.removeEventListener('keydown', listen)
  }, [run, active, scope])
}
