import { useCallback, useRef } from 'react'

/** The same function at every drawing, which does what the latest one does: the canvas takes a new function for a new setting. */
export const useStable = <Args extends unknown[], Answer>(
  latest: (...args: Args) => Answer
): ((...args: Args) => Answer) => {
  const now = useRef(latest)
  now.current = latest
  return useCallback((...args: Args) => now.current(...args), [])
}
