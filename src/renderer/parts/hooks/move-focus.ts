import type { KeyboardEvent } from 'react'

/** Moves the focus among the enabled buttons of a row or list with arrows, Home and End, and presses the one reached. */
export function moveFocus(event: KeyboardEvent<HTMLElement>, selector: string, press = true): void {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }
  const step = steps[event.key]
  if (step === undefined && event.key !== 'Home' && event.key !== 'End') return
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)]
  const at = items.findIndex((item) => item === event.target || item.contains(event.target as Node))
  if (items.length === 0 || at < 0) return
  event.preventDefault()
  const last = items.length - 1
  const next = event.key === 'Home' ? 0 : event.key === 'End' ? last : Math.min(last, Math.max(0, at + (step ?? 0)))
  const target = items[next]
  target?.focus()
  target?.scrollIntoView({ block: 'nearest' })
  if (press && next !== at) target?.click()
}
