import type { ReactNode } from 'react'
import { Button } from './button'

/** The one next action of the move; without `onPress` it says what the app will do by itself. */
export function NextAction({ label, onPress, keys = ['Ctrl', '↵'], disabled, busy }: NextActionProps) {
  if (!onPress) {
    return (
      <span className="s12 t2">
        Next, by itself: <b style={{ color: 'var(--text)' }}>{label}</b>
      </span>
    )
  }
  return (
    <>
      <span className="lead hide-narrow">Next</span>
      <Button variant="primary" onPress={onPress} keys={keys} disabled={disabled} busy={busy}>
        {label}
      </Button>
    </>
  )
}

/** What a `NextAction` is told. */
export type NextActionProps = {
  label: ReactNode
  onPress?: () => void
  keys?: readonly string[]
  disabled?: string | boolean
  busy?: string | false
}
