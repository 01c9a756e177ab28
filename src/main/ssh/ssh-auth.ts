import { type FailureError, fail, failureOf } from '../../shared/failure'
import { type SecretRef, secretEnvName, sshPassphraseSecret, sshPasswordSecret } from '../../shared/secret'
import type { ResolvedHop } from '../../shared/ssh-settings'
import { agentSocketOf, listAgentKeys } from './agent'
import { fileIdentity, type Identity, orderIdentities } from './identities'
import { loadPrivateKey, readPublicKey } from './private-key'
import type { SshDeps } from './ssh-deps'

/** What can be offered to a server, in the order it is offered. */
export interface WaysIn {
  identities: Identity[]
  password: string | null
  /** One sentence for each key that cannot be offered. */
  notes: string[]
}

type AuthDeps = Pick<SshDeps, 'secret' | 'agentSocket'>

const wherever = (hop: ResolvedHop) => `${hop.user}@${hop.host}:${hop.port}`

const held = (hop: ResolvedHop, deps: AuthDeps): Promise<Identity[]> =>
  listAgentKeys(agentSocketOf(hop.identityAgent, deps.agentSocket), wherever(hop))

const fromFile = async (
  path: string,
  passphrase: () => Promise<string | null>,
  notes: string[]
): Promise<Identity | null> => {
  const opened = () =>
    loadPrivateKey(path, null).catch(async (error) => {
      if (failureOf(error).kind !== 'secret-missing') throw error
      return loadPrivateKey(path, await passphrase())
    })
  const publicKey = await readPublicKey(path)
  if (publicKey) return fileIdentity(path, publicKey, opened)
  // Its public half cannot be told without opening it.
  try {
    const key = await opened()
    return fileIdentity(path, key, async () => key)
  } catch (error) {
    notes.push(failureOf(error).what)
    return null
  }
}

const asOpenSsh = async (
  hop: ResolvedHop,
  deps: AuthDeps,
  passphrase: () => Promise<string | null>,
  agentMustAnswer: boolean
): Promise<Pick<WaysIn, 'identities' | 'notes'>> => {
  const notes: string[] = []
  const agentKeys = await held(hop, deps).catch((error: unknown) => {
    if (agentMustAnswer) throw error
    if (hop.identityAgent.kind === 'socket') notes.push(failureOf(error).why ?? failureOf(error).what)
    return []
  })
  const missing = (note: string) => note.startsWith('There is no key file')
  const files: Identity[] = []
  for (const path of hop.identityFiles) {
    const about: string[] = []
    const identity = await fromFile(path, passphrase, about)
    if (identity) files.push(identity)
    notes.push(...(hop.identityFilesAreDefaults ? about.filter((note) => !missing(note)) : about))
  }
  return { identities: orderIdentities(agentKeys, files, hop.identitiesOnly), notes }
}

const agentAlone = (ways: Pick<WaysIn, 'identities'>): WaysIn => ({
  identities: ways.identities.filter((identity) => identity.from === 'agent'),
  password: null,
  notes: []
})

const keyAlone = async (
  path: string,
  hop: ResolvedHop,
  deps: AuthDeps,
  passphrase: () => Promise<string | null>
): Promise<Identity> => {
  const publicKey = await readPublicKey(path)
  const agentKeys = publicKey ? await held(hop, deps).catch(() => []) : []
  const same = agentKeys.find((identity) =>
    identity.publicKey.getPublicSSH().equals(publicKey?.getPublicSSH() as Buffer)
  )
  if (same) return same
  const key = await loadPrivateKey(path, await passphrase())
  return fileIdentity(path, key, async () => key)
}

const noPassword = (hop: ResolvedHop, ref: SecretRef): FailureError =>
  fail('secret-missing', `No SSH password is known for ${wherever(hop)}.`, {
    where: wherever(hop),
    try: ['Enter it in the server’s form.', `For the command line: set ${secretEnvName(ref)}.`]
  })

/**
 * The ways to sign in that this hop is set to. Reads keys and secrets: call it after the host key is verified. `canAsk`:
 * a person can answer the server's own questions, so that a password need not be known.
 */
export const waysIn = async (serverId: string, hop: ResolvedHop, deps: AuthDeps, canAsk: boolean): Promise<WaysIn> => {
  const passwordRef = sshPasswordSecret(serverId, hop.secretPlace)
  const passphrase = () => deps.secret(sshPassphraseSecret(serverId, hop.secretPlace))
  switch (hop.auth.kind) {
    case 'agent':
      // Files only tell which of the agent's keys come first.
      return agentAlone(await asOpenSsh(hop, deps, passphrase, true))
    case 'auto': {
      const mayUse = hop.methods.some((method) => method !== 'publickey')
      const password = mayUse ? await deps.secret(passwordRef) : null
      return { ...(await asOpenSsh(hop, deps, passphrase, false)), password }
    }
    case 'key': {
      const ask = hop.auth.passphrase ? passphrase : async () => null
      return { identities: [await keyAlone(hop.auth.path, hop, deps, ask)], password: null, notes: [] }
    }
    case 'password': {
      const password = await deps.secret(passwordRef)
      if (password === null && !canAsk) throw noPassword(hop, passwordRef)
      return { identities: [], password, notes: [] }
    }
    default:
      return hop.auth satisfies never
  }
}
