import { type ReactNode, useContext } from 'react'
import { Field, FieldContext } from '../../parts/field'
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

/** One of two inputs in a row is wrong by itself. */
function OwnState({ bad, children }: { bad: boolean; children: ReactNode }) {
  const field = useContext(FieldContext)
  return <FieldContext value={field && { ...field, bad }}>{children}</FieldContext>
}

/** Host and port in one row. */
export function EndpointField({ label, path, problems, host, port, onChange, hint, inside }: EndpointFieldProps) {
  const error =
    problems[`${path}.host`] || (problems[`${path}.port`] ? 'The port is a number from 1 to 65535.' : undefined)
  return (
    <Field label={label} error={error} hint={hint}>
      <OwnState bad={Boolean(problems[`${path}.host`])}>
        <TextInput value={host} onChange={(value) => onChange(value, port)} mono hint={inside} placeholder="host" />
      </OwnState>
      <OwnState bad={Boolean(problems[`${path}.port`])}>
        <NumberInput
          label={`${label}: port`}
          value={port}
          onChange={(value) => onChange(host, value)}
          min={1}
          max={65_535}
          width={72}
          mono
        />
      </OwnState>
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
