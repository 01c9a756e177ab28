import { useEffect, useState } from 'react'
import { useField } from './hooks/use-field'

/** A number with its unit. While the words are no number, `onChange` gets `null`. */
export function NumberInput({
  value,
  onChange,
  unit,
  label,
  min,
  max,
  step,
  disabled,
  placeholder,
  mono,
  width = 112
}: NumberInputProps) {
  const field = useField(label)
  const [text, setText] = useState(value === null ? '' : String(value))
  useEffect(() => {
    // Follow a value set from outside, but leave "1." alone while it is typed.
    setText((typed) => (Number(typed) === value && typed !== '' ? typed : value === null ? typed : String(value)))
  }, [value])
  const bad = field['aria-invalid'] || (text !== '' && !withinLimits(text, min, max))
  return (
    <div
      className={`inp${bad ? ' bad' : ''}${disabled ? ' off' : ''}${mono ? ' m' : ''}`}
      style={{ width, flex: 'none' }}
    >
      <input
        {...field}
        className="num"
        inputMode="decimal"
        value={text}
        disabled={disabled}
        placeholder={placeholder}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value)
          onChange(withinLimits(event.target.value, min, max) ? Number(event.target.value) : null)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
          event.preventDefault()
          const size = step ?? 1
          const raw = (value ?? min ?? 0) + (event.key === 'ArrowUp' ? size : -size)
          onChange(Math.min(max ?? Infinity, Math.max(min ?? -Infinity, Number(raw.toFixed(6)))))
        }}
      />
      {unit && <span className="hint">{unit}</span>}
    </div>
  )
}

function withinLimits(text: string, min = -Infinity, max = Infinity): boolean {
  const number = Number(text)
  return text.trim() !== '' && Number.isFinite(number) && number >= min && number <= max
}

/** What a `NumberInput` is told. */
export type NumberInputProps = {
  value: number | null
  onChange: (value: number | null) => void
  unit?: string
  label?: string
  min?: number
  max?: number
  step?: number
  disabled?: boolean
  width?: number | string
  placeholder?: string
  mono?: boolean
}
