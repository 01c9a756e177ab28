import { createContext, type ReactNode, useId } from 'react'
import { Icon } from './icon'

/** The id of the control, and what describes it, for the input inside a `Field`. */
export const FieldContext = createContext<{ id: string; messageId: string | undefined; bad: boolean } | null>(null)

/** A labelled control with its message under it: `error` (red) wins over `warning` (amber) and `hint`. */
export function Field({ label, error, warning, hint, stacked, children }: FieldProps) {
  const id = useId()
  const message = error ?? warning ?? hint
  const messageId = message ? `${id}-message` : undefined
  return (
    <div className={stacked ? 'fld stacked' : 'fld'}>
      <label className="lab" htmlFor={id}>
        {label}
      </label>
      <div className="ctl">
        <FieldContext value={{ id, messageId, bad: Boolean(error) }}>{children}</FieldContext>
      </div>
      {message && (
        <div
          className={error ? 'msg bad' : warning ? 'msg warn' : 'msg'}
          id={messageId}
          role={error ? 'alert' : undefined}
        >
          {error && <Icon name="octagon" size={12} />}
          {!error && warning && <Icon name="alert" size={12} />}
          <span>{message}</span>
        </div>
      )}
    </div>
  )
}

/** What a `Field` is told. */
export type FieldProps = {
  label: ReactNode
  error?: ReactNode
  warning?: ReactNode
  hint?: ReactNode
  stacked?: boolean
  children: ReactNode
}
