import type { KeyboardEvent, ReactNode } from 'react'
import { useField } from './hooks/use-field'
import { type IconLike, IconSlot } from './icon-slot'

/** One line of text. In a `Field` the first input without `label` gets the field's label; `mono` is for endpoints and names. */
export function TextInput(props: TextInputProps) {
  const { value, onChange, label, mono, placeholder, hint, icon, disabled, readOnly, keys, type = 'text' } = props
  const field = useField(label)
  return (
    <div
      className={`inp${mono ? ' m' : ''}${field['aria-invalid'] ? ' bad' : ''}${disabled ? ' off' : ''}`}
      style={props.width ? { width: props.width, flex: 'none' } : undefined}
    >
      <IconSlot icon={icon} />
      <input
        {...field}
        type={type}
        value={value}
        placeholder={placeholder}
        disabled={disabled}
        readOnly={readOnly}
        spellCheck={false}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: the first field of a dialog
        autoFocus={props.autoFocus}
        data-autofocus={props.autoFocus || undefined}
        onChange={(event) => onChange?.(event.target.value)}
        onBlur={props.onBlur}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === 'Enter') props.onEnter?.()
        }}
      />
      {hint && <span className="hint">{hint}</span>}
      {keys && <kbd>{keys}</kbd>}
    </div>
  )
}

/** What a `TextInput` is told. */
export type TextInputProps = {
  value: string
  onChange?: (value: string) => void
  onBlur?: () => void
  onEnter?: () => void
  label?: string
  mono?: boolean
  placeholder?: string
  hint?: ReactNode
  icon?: IconLike
  keys?: string
  width?: number | string
  disabled?: boolean
  readOnly?: boolean
  autoFocus?: boolean
  type?: 'text' | 'search'
}
