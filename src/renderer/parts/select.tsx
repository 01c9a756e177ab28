import { useField } from './hooks/use-field'
import { Icon } from './icon'

/** One of many choices, as the platform draws it. */
export function Select<Id extends string>({ value, onChange, options, label, disabled, mono, width }: SelectProps<Id>) {
  const field = useField(label)
  return (
    <div
      className={`inp sel${mono ? ' m' : ''}${field['aria-invalid'] ? ' bad' : ''}${disabled ? ' off' : ''}`}
      style={width ? { width, flex: 'none' } : undefined}
    >
      <select {...field} value={value} disabled={disabled} onChange={(event) => onChange(event.target.value as Id)}>
        {options.map((option) => (
          <option key={option.id} value={option.id} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" size={12} />
    </div>
  )
}

/** What a `Select` is told. */
export type SelectProps<Id extends string> = {
  value: Id
  onChange: (id: Id) => void
  options: readonly { id: Id; label: string; disabled?: boolean }[]
  label?: string
  disabled?: boolean
  mono?: boolean
  width?: number | string
}
