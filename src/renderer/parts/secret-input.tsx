import { useState } from 'react'
import { useField } from './hooks/use-field'
import { Icon } from './icon'

/** A secret being typed. It is never filled from what is kept: `kept` says where a kept one lies, and typing replaces it. */
export function SecretInput({ value, onChange, label, kept, placeholder, disabled, autoFocus }: SecretInputProps) {
  const field = useField(label)
  const [shown, setShown] = useState(false)
  return (
    <div className={`inp m${field['aria-invalid'] ? ' bad' : ''}${disabled ? ' off' : ''}`}>
      <Icon name="key" size={12} />
      <input
        {...field}
        type={shown ? 'text' : 'password'}
        value={value}
        placeholder={kept ?? placeholder}
        disabled={disabled}
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the first field of a dialog
        autoFocus={autoFocus}
        data-autofocus={autoFocus || undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {value !== '' && (
        <button
          type="button"
          aria-label={shown ? 'Hide what is typed' : 'Show what is typed'}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          <Icon name={shown ? 'eye-off' : 'eye'} />
        </button>
      )}
    </div>
  )
}

/** What a `SecretInput` is told. */
export type SecretInputProps = {
  value: string
  onChange: (value: string) => void
  label?: string
  kept?: string
  placeholder?: string
  disabled?: boolean
  autoFocus?: boolean
}
