import { useEffect, useId, useRef, useState } from 'react'
import { documentEpoch, reportDraft } from '../../state/documents'

/**
 * Saves `value` a moment after it came to differ from `kept`; `null` (not valid yet) waits. Leaving the form saves at once,
 * unless the document was put in from elsewhere meanwhile: the form is then of another one.
 */
export const useAutosave = <Value>(
  value: Value | null,
  kept: Value | undefined,
  save: (value: Value) => void,
  delayMs = 400
): void => {
  const form = useId()
  const [epoch] = useState(documentEpoch)
  const text = value === null ? null : JSON.stringify(value)
  const unsaved = text === null || text !== JSON.stringify(kept)
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
      if (epoch === documentEpoch()) latest.current.save(JSON.parse(text) as Value)
    }
    pending.current = run
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  }, [text, delayMs, epoch])
  useEffect(() => () => pending.current?.(), [])
  // A form that has nothing kept yet is only a proposal.
  useEffect(() => reportDraft(form, unsaved && kept !== undefined), [form, unsaved, kept])
  useEffect(() => () => reportDraft(form, false), [form])
}
