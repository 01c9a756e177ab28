import { fail } from '../../shared/failure'
import { databaseSecret, type KeepSecret, type SecretState } from '../../shared/secret'
import type { Imports } from '../import/make-imports'
import type { SecretStore } from '../store/secrets'

export type { Imports }

/** Carries the password of another program's connection to the secrets of a server; the value stays in this process. */
export const takeImport = async (
  imports: Imports,
  secrets: SecretStore,
  to: { moveId: string; serverId: string; entry: string; keep: KeepSecret }
): Promise<SecretState> => {
  const value = await imports.secret(to.entry)
  if (value === null)
    throw fail('secret-missing', 'There is no password with this connection.', {
      where: to.serverId,
      try: ['Enter it in the form of the server.']
    })
  return secrets.set(to.moveId, databaseSecret(to.serverId), value, to.keep)
}
