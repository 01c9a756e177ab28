import { useState } from 'react'
import type { HopSettings } from '../../../shared/move'
import { Button } from '../../parts/button'
import { Checkbox } from '../../parts/checkbox'
import { Field } from '../../parts/field'
import { NumberInput } from '../../parts/number-input'
import { TextInput } from '../../parts/text-input'
import { TextField } from './form-field'
import type { Problems } from './plain-problems'
import type { HopDraft } from './server-draft'

const without = <K extends keyof HopSettings>(settings: HopSettings, name: K, value: HopSettings[K] | undefined) => {
  const { [name]: _old, ...rest } = settings
  const next = { ...rest, ...(value === undefined ? {} : { [name]: value }) }
  return Object.keys(next).length > 0 ? (next as HopSettings) : undefined
}

/** What a typed hop may have beyond the usual; folded away while there is nothing in it. */
export function HopSettingsFields({ hop, path, problems, onChange }: HopSettingsFieldsProps) {
  const settings = hop.settings ?? {}
  const [shown, setShown] = useState(hop.settings !== undefined)
  const set = <K extends keyof HopSettings>(name: K, value: HopSettings[K] | undefined) =>
    onChange(without(settings, name, value))
  const problem = (name: keyof HopSettings) =>
    Object.entries(problems).find(([at]) => at.startsWith(`${path}.settings.${name}`))?.[1]
  const text = (name: 'hostKeyAlias' | 'identityAgent', label: string, placeholder: string, hint?: string) => (
    <TextField
      label={label}
      path={`${path}.settings.${name}`}
      problems={problems}
      value={settings[name] ?? ''}
      onChange={(value) => set(name, value.trim() || undefined)}
      placeholder={placeholder}
      hint={hint}
      mono
    />
  )
  const list = (name: 'identityFiles' | 'userKnownHostsFiles', label: string, placeholder: string) => (
    <PathsField
      label={label}
      error={problem(name)}
      paths={settings[name] ?? []}
      onChange={(paths) => set(name, paths.length > 0 ? paths : undefined)}
      placeholder={placeholder}
    />
  )
  return (
    <>
      <Field label="">
        <Button size="sm" variant="ghost" pressed={shown} onPress={() => setShown(!shown)}>
          {shown ? 'Fewer settings' : 'More settings'}
        </Button>
      </Field>
      {shown && (
        <>
          {hop.auth === 'auto' && list('identityFiles', 'Key files', 'the usual: ~/.ssh/id_ed25519 …')}
          {hop.auth === 'auto' && (
            <Field label="">
              <Checkbox
                checked={settings.identitiesOnly === true}
                onChange={(only) => set('identitiesOnly', only || undefined)}
              >
                Only these keys, whatever the agent holds
              </Checkbox>
            </Field>
          )}
          {hop.auth !== 'password' && text('identityAgent', 'Agent at', 'the one of SSH_AUTH_SOCK')}
          {text('hostKeyAlias', 'Known as', hop.host || 'its host', 'its name in known_hosts, when that is another')}
          {list('userKnownHostsFiles', 'Host keys in', '~/.ssh/known_hosts')}
          <Field label="Connect in" error={problem('connectTimeoutS')}>
            <NumberInput
              label="Connect timeout"
              value={settings.connectTimeoutS ?? null}
              onChange={(value) => set('connectTimeoutS', value ?? undefined)}
              min={1}
              max={3600}
              unit="s"
              width={72}
            />
          </Field>
        </>
      )}
    </>
  )
}

const join = (paths: readonly string[]) => paths.join(', ')
const split = (text: string) =>
  text
    .split(',')
    .map((path) => path.trim())
    .filter(Boolean)

/** Paths with commas between; what is typed stays as it is until others come from outside. */
function PathsField({ label, error, paths, onChange, placeholder }: PathsFieldProps) {
  const [text, setText] = useState(join(paths))
  const shown = join(split(text)) === join(paths) ? text : join(paths)
  return (
    <Field label={label} error={error} hint={paths.length > 1 ? `${paths.length} files` : undefined}>
      <TextInput
        value={shown}
        onChange={(typed) => {
          setText(typed)
          onChange(split(typed))
        }}
        placeholder={placeholder}
        mono
      />
    </Field>
  )
}

type PathsFieldProps = {
  label: string
  error: string | undefined
  paths: readonly string[]
  onChange: (paths: string[]) => void
  placeholder: string
}

/** What `HopSettingsFields` are told; `path` is where the hop stands in the server: `ssh.0`. */
export type HopSettingsFieldsProps = {
  hop: HopDraft
  path: string
  problems: Problems
  onChange: (settings: HopSettings | undefined) => void
}
