import type { ReactNode } from 'react'
import { Field } from '../../parts/field'
import { NumberInput } from '../../parts/number-input'
import { TextInput } from '../../parts/text-input'
import type { Problems } from './plain-problems'

/** A labelled line of text whose problem is found by its path. */
export function TextField({ label, path, problems, value, onChange, hint, ...input }: TextFieldProps) {
  return (
    <Field label={label} error={problems[path]} hint={hint}>
      <TextInput
        value={value}
        onChange={onChange}
        mono={input.mono}
        placeholder={input.placeholder}
        hint={input.inside}
        autoFocus={input.autoFocus}
      />
    </Field>
  )
}

/** What a `TextField` is told; `inside` stands at the right inside the input. */
export type TextFieldProps = {
  label: string
  path: string
  problems: Problems
  value: string
  onChange: (value: string) => void
  hint?: ReactNode
  inside?: ReactNode
  placeholder?: string
  mono?: boolean
  autoFocus?: boolean
}

/** Host and port in one row. */
export function EndpointField({ label, path, problems, host, port, onChange, hint, inside }: EndpointFieldProps) {
  const error =
    problems[`${path}.host`] || (problems[`${path}.port`] ? 'The port is a number from 1 to 65535.' : undefined)
  return (
    <Field label={label} error={error} hint={hint}>
      <TextInput value={host} onChange={(value) => onChange(value, port)} mono hint={inside} placeholder="host" />
      <NumberInput
        label={`${label}: port`}
        value={port}
        onChange={(value) => onChange(host, value)}
        min={1}
        max={65_535}
        width={72}
      />
    </Field>
  )
}

/** What an `EndpointField` is told; its problems are found at `path.host` and `path.port`. */
export type EndpointFieldProps = {
  label: string
  path: string
  problems: Problems
  host: string
  port: number | null
  onChange: (host: string, port: number | null) => void
  hint?: ReactNode
  inside?: ReactNode
}
