import { useEffect, useRef } from 'react'

/** Saves `value` a moment after it came to differ from `kept`; `null` (not valid yet) waits. Leaving the form saves at once. */
export const useAutosave = <Value>(
  value: Value | null,
  kept: Value | undefined,
  save: (value: Value) => void,
  delayMs = 400
): void => {
  const text = value === null ? null : JSON.stringify(value)
  const pending = useRef<(() => void) | null>(null)
  const latest = useRef({ kept, save })
  useEffect(() => {
    latest.current = { kept, save }
  })
  useEffect(() => {
    pending.current = null
    if (text === null || text === JSON.stringify(latest.current.kept)) return
    const run = () => {
      pending.current = null
      latest.current.save(JSON.parse(text) as Value)
    }
    pending.current = run
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  }, [text, delayMs])
  useEffect(() => () => pending.current?.(), [])
}
