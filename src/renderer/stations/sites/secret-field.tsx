import { useEffect } from 'react'
import type { KeepSecret, KeychainState, SecretRef, SecretState } from '../../../shared/secret'
import { Button } from '../../parts/button'
import { Field } from '../../parts/field'
import { SecretInput } from '../../parts/secret-input'
import { Segmented } from '../../parts/segmented'
import { useKeychain } from '../../state/shell'
import { askSecretState, forgetSecret, keepSecret, useSecretState } from '../../state/sites'

/** A secret as it is typed; `keep` null takes the keychain when there is one. */
export interface TypedSecret {
  value: string
  keep: KeepSecret | null
}

export const nothingTyped: TypedSecret = { value: '', keep: null }

/** Where a typed secret goes: as chosen, else the keychain when it is ready, else this session. */
export const keepOf = (typed: TypedSecret, keychain: KeychainState): KeepSecret =>
  keychain.kind === 'ready' || keychain.kind === 'unknown' ? (typed.keep ?? 'keychain') : 'session'

const keptWords = (state: SecretState | null, keychain: KeychainState): string | undefined => {
  if (state?.kind !== 'kept') return undefined
  switch (state.where) {
    case 'keychain':
      return `in ${keychain.kind === 'ready' ? keychain.name : 'the keychain'}`
    case 'session':
      return 'kept for this session only'
    case 'environment':
      return 'from the environment'
    default:
      return state.where satisfies never
  }
}

const keychainTrouble = (keychain: KeychainState): string | undefined => {
  if (keychain.kind === 'absent')
    return `There is no keychain here. ${keychain.why} It is kept until Siteswap is closed.`
  if (keychain.kind === 'locked')
    return `The keychain is locked. ${keychain.why} Unlock it, or keep this for the session.`
  return undefined
}

/** A password or passphrase: where it lies, and a way to replace it. It goes to the keychain or the session, never into the move. */
export function SecretField({ label, secretRef, typed, onTyped, optional }: SecretFieldProps) {
  const keychain = useKeychain()
  const state = useSecretState(secretRef ?? '')
  useEffect(() => {
    if (secretRef) void askSecretState(secretRef)
  }, [secretRef])
  const keep = keepOf(typed, keychain)
  const trouble = keychainTrouble(keychain)
  const typing = typed.value !== ''
  const store = async () => {
    if (secretRef && (await keepSecret(secretRef, typed.value, keep))) onTyped(nothingTyped)
  }
  const warning =
    state?.kind === 'unreadable'
      ? `It cannot be read: ${state.why}`
      : state?.kind === 'missing' && !typing && !optional
        ? 'Not entered yet.'
        : typing
          ? trouble
          : undefined
  return (
    <Field label={label} warning={warning}>
      <div className="col g4 grow">
        <div className="row">
          <SecretInput
            value={typed.value}
            onChange={(value) => onTyped({ ...typed, value })}
            kept={keptWords(state, keychain)}
            placeholder={optional ? 'none' : undefined}
          />
          {secretRef && typing && <Button onPress={() => void store()}>Keep</Button>}
          {secretRef && !typing && state?.kind === 'kept' && state.where !== 'environment' && (
            <Button variant="ghost" onPress={() => void forgetSecret(secretRef)} label={`Forget: ${label}`}>
              Forget
            </Button>
          )}
        </div>
        {typing && (
          <Segmented
            label={`Where to keep: ${label}`}
            value={keep}
            onChange={(chosen) => onTyped({ ...typed, keep: chosen })}
            segments={[
              { id: 'keychain', label: 'Keychain', disabled: trouble },
              { id: 'session', label: 'This session only' }
            ]}
          />
        )}
      </div>
    </Field>
  )
}

/** What a `SecretField` is told; without `secretRef` (a server not saved yet) the form keeps what is typed until it is saved. */
export type SecretFieldProps = {
  label: string
  secretRef: SecretRef | null
  typed: TypedSecret
  onTyped: (typed: TypedSecret) => void
  optional?: boolean
}
