import { sshPassphraseSecret, sshPasswordSecret } from '../../../shared/secret'
import { nothingTyped, SecretField, type TypedSecret } from './secret-field'

/** Passphrase and password of one hop. `suffix` tells a jump host that the ssh config puts before it. */
export function HopSecrets({
  hopKey,
  suffix = '',
  serverId,
  place,
  which,
  optional,
  secrets,
  onSecret
}: HopSecretsProps) {
  const known = serverId !== null && place !== null
  const key = (what: string) => `${hopKey}/${what}${suffix && `/${suffix}`}`
  return (
    <>
      {which !== 'password' && (
        <SecretField
          label="Passphrase"
          secretRef={known ? sshPassphraseSecret(serverId, `${place}${suffix}`) : null}
          typed={secrets[key('passphrase')] ?? nothingTyped}
          onTyped={(typed) => onSecret(key('passphrase'), typed)}
          optional={optional}
        />
      )}
      {which !== 'passphrase' && (
        <SecretField
          label="SSH password"
          secretRef={known ? sshPasswordSecret(serverId, `${place}${suffix}`) : null}
          typed={secrets[key('password')] ?? nothingTyped}
          onTyped={(typed) => onSecret(key('password'), typed)}
          optional={optional}
        />
      )}
    </>
  )
}

/** What `HopSecrets` are told; `place` is where the saved chain has the hop, null while it is not saved. */
export type HopSecretsProps = {
  hopKey: string
  suffix?: string
  serverId: string | null
  place: number | null
  which: 'passphrase' | 'password' | 'both'
  optional?: boolean
  secrets: Record<string, TypedSecret>
  onSecret: (key: string, typed: TypedSecret) => void
}
