import type { ReactNode } from 'react'

/** A box to tick, its words, and what follows from it. */
export function Checkbox({ checked, onChange, children, hint, disabled }: CheckboxProps) {
  return (
    <label className={disabled ? 'check off' : 'check'}>
      <input
        type="checkbox"
        checked={checked === true}
        disabled={disabled}
        ref={(input) => {
          if (input) input.indeterminate = checked === 'some'
        }}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {children}
        {hint && <span className="hint">{hint}</span>}
      </span>
    </label>
  )
}

/** What a `Checkbox` is told; `some` is drawn as a bar. */
export type CheckboxProps = {
  checked: boolean | 'some'
  onChange: (checked: boolean) => void
  children: ReactNode
  hint?: ReactNode
  disabled?: boolean
}
