import { Checkbox } from '../../parts/checkbox'
import { Field } from '../../parts/field'
import { Segmented } from '../../parts/segmented'
import { EndpointField, TextField } from './form-field'
import type { HopFieldsProps } from './hop-fields-props'
import { HopSecrets } from './hop-secrets'
import { HopSettingsFields } from './hop-settings'
import type { HopDraft } from './server-draft'

/** Ways to sign in, and what the first is called. */
export const signInSegments = (first: string) =>
  [
    { id: 'auto', label: first },
    { id: 'agent', label: 'Agent' },
    { id: 'key', label: 'Key file' },
    { id: 'password', label: 'Password' }
  ] as const satisfies readonly { id: HopDraft['auth']; label: string }[]

/** Key file and secrets, as the chosen way to sign in asks for them. */
export function SignInFields({ hop, path, problems, put, bySystem, ...secret }: HopFieldsProps) {
  const secrets = { ...secret, hopKey: hop.key }
  return (
    <>
      {hop.auth === 'key' && (
        <>
          <TextField
            label="Key file"
            path={`${path}.auth.path`}
            problems={problems}
            value={hop.path}
            onChange={(file) => put({ path: file })}
            placeholder="~/.ssh/id_ed25519"
            mono
          />
          {!bySystem && (
            <Field label="">
              <Checkbox checked={hop.passphrase} onChange={(passphrase) => put({ passphrase })}>
                The key has a passphrase
              </Checkbox>
            </Field>
          )}
          {!bySystem && hop.passphrase && <HopSecrets {...secrets} which="passphrase" />}
        </>
      )}
      {!bySystem && hop.auth === 'password' && <HopSecrets {...secrets} which="password" />}
      {!bySystem && hop.auth === 'auto' && <HopSecrets {...secrets} which="both" optional />}
    </>
  )
}

/** A hop that is typed out. */
export function TypedHop(props: HopFieldsProps) {
  const { hop, path, problems, put } = props
  return (
    <>
      <EndpointField
        label="Host"
        path={path}
        problems={problems}
        host={hop.host}
        port={hop.port}
        onChange={(host, port) => put({ host, port })}
      />
      <TextField
        label="User"
        path={`${path}.user`}
        problems={problems}
        value={hop.user}
        onChange={(user) => put({ user })}
        mono
      />
      <Field
        label="Sign-in"
        hint={hop.auth === 'auto' ? 'as ssh does: agent and keys, then questions and password' : undefined}
      >
        <Segmented
          label="Sign-in"
          value={hop.auth}
          onChange={(auth) => put({ auth })}
          segments={signInSegments('Auto')}
        />
      </Field>
      <SignInFields {...props} />
      <HopSettingsFields hop={hop} path={path} problems={problems} onChange={(settings) => put({ settings })} />
    </>
  )
}
