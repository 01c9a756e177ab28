import { useEffect, useRef } from 'react'

/** When a shortcut holds: `inFields` also while something is typed, `inDialogs` also while a dialog is open. */
export type ShortcutOptions = { enabled?: boolean; inFields?: boolean; inDialogs?: boolean }

/** Runs `run` when `combo` is pressed: `mod+k`, `mod+Enter`, `1`, `/`, `?`, `Escape`. `mod` is Cmd on macOS, Ctrl elsewhere. */
export function useShortcut(combo: string, run: (event: KeyboardEvent) => void, options: ShortcutOptions = {}): void {
  const { enabled = true, inFields = combo.startsWith('mod+'), inDialogs = false } = options
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    if (!enabled) return
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || !matches(combo, event)) return
      if (!inFields && isField(event.target)) return
      if (!inDialogs && document.querySelector('dialog[open], [role=menu]')) return
      event.preventDefault()
      latest.current(event)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [combo, enabled, inFields, inDialogs])
}

function matches(combo: string, event: KeyboardEvent): boolean {
  const parts = combo.split('+')
  const key = parts.at(-1) || '+'
  const mod = parts.includes('mod')
  const held = isMac() ? event.metaKey : event.ctrlKey
  const other = isMac() ? event.ctrlKey : event.metaKey
  if (mod !== held || other || event.altKey) return false
  // Shift is part of the character for "?" but not for a letter.
  if (key.length > 1 && parts.includes('shift') !== event.shiftKey) return false
  if (/^[a-z]$/i.test(key) && parts.includes('shift') !== event.shiftKey) return false
  const pressed = event.key === ' ' ? 'Space' : event.key
  return pressed.toLowerCase() === key.toLowerCase()
}

function isMac(): boolean {
  return navigator.userAgent.includes('Mac')
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)
}
