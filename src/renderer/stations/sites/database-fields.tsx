import { databaseSecret } from '../../../shared/secret'
import { Field } from '../../parts/field'
import { Segmented } from '../../parts/segmented'
import { Select } from '../../parts/select'
import { EndpointField, TextField } from './form-field'
import type { Problems } from './plain-problems'
import { nothingTyped, SecretField, type TypedSecret } from './secret-field'
import type { ServerDraft } from './server-draft'

const tlsHints: Record<ServerDraft['database']['tls'], string> = {
  disabled: 'Right when the line stays inside SSH.',
  preferred: 'Encrypted if the server can, open if not.',
  required: 'Encrypted, but anybody could answer.',
  'verify-ca': 'The certificate must come from this CA.',
  'verify-identity': 'CA and host name must fit.'
}

/** Where the database answers, how the session gets there, and as whom. */
export function DatabaseFields({ serverId, draft, problems, onChange, secrets, onSecret }: DatabaseFieldsProps) {
  const { database } = draft
  const put = (change: Partial<ServerDraft['database']>) => onChange({ ...draft, database: { ...database, ...change } })
  const sshHost = draft.hops.at(-1)?.host || 'the SSH host'
  return (
    <div className="flds">
      <EndpointField
        label="Database at"
        path="database"
        problems={problems}
        host={database.host}
        port={database.port}
        onChange={(host, port) => put({ host, port })}
        hint={database.via === 'ssh' ? `as seen from ${sshHost}` : 'as seen from this computer'}
      />
      <Field label="Way">
        <Segmented
          label="Way to the database"
          value={database.via}
          onChange={(via) => put({ via })}
          segments={[
            { id: 'ssh', label: 'Through SSH' },
            { id: 'direct', label: 'Directly' }
          ]}
        />
      </Field>
      <Field label="TLS" hint={tlsHints[database.tls]}>
        <Select
          value={database.tls}
          onChange={(tls) => put({ tls })}
          options={[
            { id: 'disabled', label: 'Off' },
            { id: 'preferred', label: 'If the server offers it' },
            { id: 'required', label: 'On, not verified' },
            { id: 'verify-ca', label: 'Verify the CA' },
            { id: 'verify-identity', label: 'Verify CA and host name' }
          ]}
        />
      </Field>
      {(database.tls === 'verify-ca' || database.tls === 'verify-identity') && (
        <TextField
          label="CA file"
          path="database.tls.caPath"
          problems={problems}
          value={database.caPath}
          onChange={(caPath) => put({ caPath })}
          placeholder={database.tls === 'verify-identity' ? 'the system’s CAs' : '~/ca.pem'}
          mono
        />
      )}
      {database.tls === 'verify-identity' && (
        <TextField
          label="Name in it"
          path="database.tls.serverName"
          problems={problems}
          value={database.serverName}
          onChange={(serverName) => put({ serverName })}
          placeholder={database.host}
          mono
        />
      )}
      <TextField
        label="Account"
        path="database.user"
        problems={problems}
        value={database.user}
        onChange={(user) => put({ user })}
        mono
      />
      <SecretField
        label="Password"
        secretRef={serverId ? databaseSecret(serverId) : null}
        typed={secrets.database ?? nothingTyped}
        onTyped={(typed) => onSecret('database', typed)}
      />
    </div>
  )
}

/** What `DatabaseFields` are told. */
export type DatabaseFieldsProps = {
  serverId: string | null
  draft: ServerDraft
  problems: Problems
  onChange: (draft: ServerDraft) => void
  secrets: Record<string, TypedSecret>
  onSecret: (key: string, typed: TypedSecret) => void
}
