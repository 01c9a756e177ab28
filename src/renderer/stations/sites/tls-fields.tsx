import { clientKeySecret } from '../../../shared/secret'
import { Field } from '../../parts/field'
import { Select } from '../../parts/select'
import type { DatabaseDraft } from './database-draft'
import { TextField } from './form-field'
import type { Problems } from './plain-problems'
import { SecretField, type TypedSecret } from './secret-field'

const hints: Record<DatabaseDraft['tls'], string> = {
  disabled: 'Right when the line stays inside SSH.',
  preferred: 'Encrypted if the server can, open if not; the check says which.',
  required: 'Encrypted, but anybody could answer.',
  'verify-ca': 'The certificate must come from this CA, for whatever name.',
  'verify-identity': 'CA and host name must fit.'
}

/** Whether the session is encrypted, who may answer, and which certificate is shown. */
export function TlsFields({ serverId, database, problems, onChange, typed, onTyped }: TlsFieldsProps) {
  const { tls } = database
  const verified = tls === 'verify-ca' || tls === 'verify-identity'
  return (
    <>
      <Field label="TLS" hint={hints[tls]}>
        <Select
          value={tls}
          onChange={(mode) => onChange({ tls: mode })}
          options={[
            { id: 'disabled', label: 'Off' },
            { id: 'preferred', label: 'If the server offers it' },
            { id: 'required', label: 'On, not verified' },
            { id: 'verify-ca', label: 'Verify the CA' },
            { id: 'verify-identity', label: 'Verify CA and host name' }
          ]}
        />
      </Field>
      {verified && (
        <TextField
          label="CA file"
          path="database.tls.caPath"
          problems={problems}
          value={database.caPath}
          onChange={(caPath) => onChange({ caPath })}
          placeholder={tls === 'verify-identity' ? 'the CAs that browsers trust' : '~/ca.pem'}
          mono
        />
      )}
      {tls === 'verify-identity' && (
        <TextField
          label="Name in it"
          path="database.tls.serverName"
          problems={problems}
          value={database.serverName}
          onChange={(serverName) => onChange({ serverName })}
          placeholder={database.host}
          hint={namedByAddress(database) ? 'Left empty, the certificate must bear this address.' : undefined}
          mono
        />
      )}
      {tls !== 'disabled' && (
        <>
          <TextField
            label="Client cert."
            path="database.tls.certPath"
            problems={problems}
            value={database.certPath}
            onChange={(certPath) => onChange({ certPath })}
            placeholder="none"
            mono
          />
          {(database.certPath !== '' || database.keyPath !== '') && (
            <TextField
              label="Client key"
              path="database.tls.keyPath"
              problems={problems}
              value={database.keyPath}
              onChange={(keyPath) => onChange({ keyPath })}
              placeholder="~/client-key.pem"
              mono
            />
          )}
          {database.keyPath !== '' && (
            <SecretField
              label="Key passphrase"
              secretRef={serverId ? clientKeySecret(serverId) : null}
              typed={typed}
              onTyped={onTyped}
              optional
            />
          )}
        </>
      )}
    </>
  )
}

const namedByAddress = ({ host, serverName }: DatabaseDraft): boolean =>
  serverName.trim() === '' && (/^[\d.]+$/.test(host.trim()) || host.includes(':'))

/** What `TlsFields` are told; `typed`: the passphrase of the client key. */
export type TlsFieldsProps = {
  serverId: string | null
  typed: TypedSecret
  onTyped: (typed: TypedSecret) => void
  database: DatabaseDraft
  problems: Problems
  onChange: (change: Partial<DatabaseDraft>) => void
}
