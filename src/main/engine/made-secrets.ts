import { randomBytes } from 'node:crypto'
import { canarySecret, replicationSecret } from '../../shared/secret'
import type { SecretStore } from '../store/secrets'

/** 24 characters of base64url: above any guess, below the 32 a replication password may have. */
const makePassword = (): string => randomBytes(18).toString('base64url')

/** Makes the passwords of the accounts that Siteswap creates, once per move: in the keychain, or for this session where there is none. */
export const ensureMadeSecrets = async (secrets: SecretStore, moveId: string): Promise<{ sessionOnly: boolean }> => {
  const keychain = await secrets.keychain()
  const keep = keychain.kind === 'ready' ? 'keychain' : 'session'
  let made = false
  for (const ref of [replicationSecret, canarySecret]) {
    if ((await secrets.get(moveId, ref)) !== null) continue
    await secrets.set(moveId, ref, makePassword(), keep)
    made = true
  }
  return { sessionOnly: made && keep === 'session' }
}
