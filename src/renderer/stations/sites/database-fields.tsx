import { databaseSecret } from '../../../shared/secret'
import { Field } from '../../parts/field'
import { Segmented } from '../../parts/segmented'
import type { DatabaseDraft } from './database-draft'
import { EndpointField, TextField } from './form-field'
import type { Problems } from './plain-problems'
import { nothingTyped, SecretField, type TypedSecret } from './secret-field'
import type { ServerDraft } from './server-draft'
import { TlsFields } from './tls-fields'

/** Where the database answers, how the session gets there, and as whom. */
export function DatabaseFields({ serverId, draft, problems, onChange, secrets, onSecret }: DatabaseFieldsProps) {
  const { database } = draft
  const put = (change: Partial<DatabaseDraft>) => onChange({ ...draft, database: { ...database, ...change } })
  const sshHost = draft.hops.at(-1)?.host || 'the SSH host'
  const seenFrom = database.via === 'ssh' ? `as seen from ${sshHost}` : 'as seen from this computer'
  const socket = database.at === 'socket'
  return (
    <div className="flds">
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
      <Field label="Answers at">
        <Segmented
          label="What the database answers at"
          value={database.at}
          onChange={(at) => put({ at })}
          segments={[
            { id: 'port', label: 'Port' },
            { id: 'socket', label: 'Socket' }
          ]}
        />
      </Field>
      {socket && (
        <TextField
          label="Socket"
          path="database.socketPath"
          problems={problems}
          value={database.socketPath}
          onChange={(socketPath) => put({ socketPath })}
          placeholder="/run/mysqld/mysqld.sock"
          hint={database.via === 'ssh' ? `a file on ${sshHost}` : 'a file on this computer'}
          mono
        />
      )}
      <EndpointField
        label={socket ? 'Port for links' : 'Database at'}
        path="database"
        problems={problems}
        host={database.host}
        port={database.port}
        onChange={(host, port) => put({ host, port })}
        hint={socket ? 'where other servers reach it' : seenFrom}
      />
      <TlsFields
        serverId={serverId}
        database={database}
        problems={problems}
        onChange={put}
        typed={secrets['client-key'] ?? nothingTyped}
        onTyped={(typed) => onSecret('client-key', typed)}
      />
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
        optional={socket}
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
