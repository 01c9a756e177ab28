import { stat } from 'node:fs/promises'
import type { AnyAuthMethod } from 'ssh2'
import { fail } from '../../shared/failure'
import type { Hop } from '../../shared/move'
import { secretEnvName, sshPassphraseSecret, sshPasswordSecret } from '../../shared/secret'
import { loadPrivateKey } from './private-key'
import type { SshDeps } from './ssh-deps'

const wherever = (hop: Hop) => `${hop.user}@${hop.host}:${hop.port}`

const agentMethods = async (hop: Hop, agent: string | undefined): Promise<AnyAuthMethod[]> => {
  const none = (why: string) =>
    fail('auth', 'The SSH agent cannot be reached.', {
      where: wherever(hop),
      why,
      try: ['Start the agent and load the key (`ssh-add`), then start Siteswap again.', 'Or choose a key file instead.']
    })
  if (!agent) throw none('SSH_AUTH_SOCK is not set for this program.')
  if (process.platform !== 'win32') {
    const found = await stat(agent).catch(() => null)
    if (!found?.isSocket()) throw none(`There is no agent at ${agent}.`)
  }
  return [{ type: 'agent', username: hop.user, agent }]
}

const passwordMethods = (hop: Hop, password: string): AnyAuthMethod[] => [
  { type: 'password', username: hop.user, password },
  {
    type: 'keyboard-interactive',
    username: hop.user,
    // The password answers one hidden question and nothing else: a second prompt may be a trap or a second factor.
    prompt: (_name, _instructions, _lang, prompts, finish) =>
      finish(prompts.length === 1 && prompts[0]?.echo !== true ? [password] : [])
  }
]

/** The ways to sign in that this hop is set to, ready to be offered. Reads keys and secrets; call it after the host key is verified. */
export const authMethods = async (
  serverId: string,
  index: number,
  hop: Hop,
  deps: Pick<SshDeps, 'secret' | 'agentSocket'>
): Promise<AnyAuthMethod[]> => {
  switch (hop.auth.kind) {
    case 'agent':
    case 'auto':
      return agentMethods(hop, deps.agentSocket)
    case 'key': {
      const passphrase = hop.auth.passphrase ? await deps.secret(sshPassphraseSecret(serverId, index)) : null
      const key = await loadPrivateKey(hop.auth.path, passphrase)
      return [{ type: 'publickey', username: hop.user, key }]
    }
    case 'password': {
      const password = await deps.secret(sshPasswordSecret(serverId, index))
      if (password === null)
        throw fail('secret-missing', `No SSH password is known for ${wherever(hop)}.`, {
          where: wherever(hop),
          try: [
            'Enter it in the server’s form.',
            `For the command line: set ${secretEnvName(sshPasswordSecret(serverId, index))}.`
          ]
        })
      return passwordMethods(hop, password)
    }
    default:
      return hop.auth satisfies never
  }
}
