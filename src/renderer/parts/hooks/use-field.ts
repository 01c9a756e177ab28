import { use } from 'react'
import { FieldContext } from '../field'

/** The attributes that tie an input to the `Field` around it; outside a field `label` names it. */
export function useField(label?: string): {
  id?: string
  'aria-label'?: string
  'aria-describedby'?: string
  'aria-invalid'?: true
} {
  const field = use(FieldContext)
  if (!field) return { 'aria-label': label }
  return {
    id: label === undefined ? field.id : undefined,
    'aria-label': label,
    'aria-describedby': field.messageId,
    'aria-invalid': field.bad ? true : undefined
  }
}
