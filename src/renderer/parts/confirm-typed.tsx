import { useState } from 'react'
import { Button } from './button'
import { Icon, type IconName } from './icon'

/** Asks to type `words` (they name the site: "go Lisbon"); the button stays locked until they match. */
export function ConfirmTyped({
  words,
  action,
  onConfirm,
  icon = 'play',
  danger,
  disabled,
  busy,
  small,
  hint,
  autoFocus
}: ConfirmTypedProps) {
  const [typed, setTyped] = useState('')
  const matches = typed === words
  const onTheWay = words.startsWith(typed)
  const confirm = () => {
    if (matches && !disabled && !busy) onConfirm()
  }
  return (
    <form
      className={small ? 'confirm small' : 'confirm'}
      onSubmit={(event) => {
        event.preventDefault()
        confirm()
      }}
    >
      <div className={onTheWay ? 'go' : 'go bad'}>
        {onTheWay && (
          <span className="ghost" aria-hidden="true">
            <i>{typed}</i>
            {words.slice(typed.length)}
          </span>
        )}
        <input
          aria-label={`Type “${words}” to unlock ${action}`}
          aria-invalid={!onTheWay || undefined}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          disabled={Boolean(disabled)}
          // biome-ignore lint/a11y/noAutofocus: only where the typed words are the one thing to do
          autoFocus={autoFocus}
          data-autofocus={autoFocus || undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
        {matches ? (
          <Icon name="check" tone="ok" label="The words match" />
        ) : (
          hint !== '' && !small && <span className="hint">{hint ?? 'type the words to unlock'}</span>
        )}
      </div>
      <Button
        type="submit"
        variant={matches ? (danger ? 'danger-solid' : 'primary') : 'default'}
        icon={matches ? icon : 'lock'}
        disabled={disabled || (matches ? false : `Type “${words}” first`)}
        busy={busy}
      >
        {action}
      </Button>
    </form>
  )
}

/** What a `ConfirmTyped` is told; `hint=""` leaves the hint out. */
export type ConfirmTypedProps = {
  words: string
  action: string
  onConfirm: () => void
  icon?: IconName
  danger?: boolean
  disabled?: string | false
  busy?: string | false
  small?: boolean
  hint?: string
  autoFocus?: boolean
}
