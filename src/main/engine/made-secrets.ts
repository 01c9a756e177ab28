import { randomBytes } from 'node:crypto'
import { fail } from '../../shared/failure'
import type { RunbookKind } from '../../shared/runbook'
import { canarySecret, replicationSecret, type SecretRef, secretEnvName } from '../../shared/secret'
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

const neededBy = (kind: RunbookKind): SecretRef[] => {
  if (kind === 'replicate') return [replicationSecret, canarySecret]
  return kind === 'rehearsal' || kind === 'cutover' || kind === 'reverse' ? [canarySecret] : []
}

/** The same for the headless command, each of whose commands is a session: rejects where the passwords would be forgotten at its end. */
export const ensureLastingSecrets = async (secrets: SecretStore, moveId: string, kind: RunbookKind): Promise<void> => {
  const missing: SecretRef[] = []
  for (const ref of neededBy(kind)) if ((await secrets.get(moveId, ref)) === null) missing.push(ref)
  if (missing.length === 0) return
  const keychain = await secrets.keychain()
  if (keychain.kind === 'ready') {
    await ensureMadeSecrets(secrets, moveId)
    return
  }
  throw fail('secret-missing', 'The passwords of Siteswap’s own accounts have nowhere to be kept.', {
    where: missing.join(', '),
    why: `No keychain can be used here${'why' in keychain ? ` (${keychain.why})` : ''}, and the next command has to know them too.`,
    try: [
      `Set ${missing.map(secretEnvName).join(' and ')} to passwords of 16 to 32 letters and digits, the same for all commands of this move.`,
      'Or start a keychain (gnome-keyring, KWallet) and unlock it.'
    ]
  })
}
