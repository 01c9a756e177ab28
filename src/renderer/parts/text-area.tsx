import { useField } from './hooks/use-field'

/** Several lines of text: a reason, a DSN to paste, an ssh config. */
export function TextArea({ value, onChange, label, placeholder, mono, rows = 4, autoFocus }: TextAreaProps) {
  const field = useField(label)
  return (
    <textarea
      {...field}
      className={`area${mono ? ' m' : ''}${field['aria-invalid'] ? ' bad' : ''}`}
      value={value}
      rows={rows}
      placeholder={placeholder}
      spellCheck={!mono}
      // biome-ignore lint/a11y/noAutofocus: the first field of a dialog
      autoFocus={autoFocus}
      data-autofocus={autoFocus || undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

/** What a `TextArea` is told. */
export type TextAreaProps = {
  value: string
  onChange: (value: string) => void
  label?: string
  placeholder?: string
  mono?: boolean
  rows?: number
  autoFocus?: boolean
}
