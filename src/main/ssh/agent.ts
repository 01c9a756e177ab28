import { stat } from 'node:fs/promises'
import ssh2, { type BaseAgent, type ParsedKey } from 'ssh2'
import { within } from '../../shared/deadline'
import { type FailureError, fail } from '../../shared/failure'
import type { SshAgentChoice } from '../../shared/ssh-settings'
import type { Identity } from './identities'

const listDeadlineMs = 5_000
/** A person may have to touch a token or answer the agent's own question. */
const signDeadlineMs = 60_000

const unreachable = (where: string, why: string): FailureError =>
  fail('auth', 'The SSH agent cannot be reached.', {
    where,
    why,
    try: ['Start the agent and load the key (`ssh-add`), then start Siteswap again.', 'Or choose a key file instead.']
  })

/** The socket of the agent a hop asks; null: none. */
export const agentSocketOf = (choice: SshAgentChoice, usual: string | undefined): string | null => {
  switch (choice.kind) {
    case 'none':
      return null
    case 'environment':
      return usual ?? null
    case 'socket':
      return choice.path
    default:
      return choice satisfies never
  }
}

/** The agent tells no more than that it did not: why can only be guessed. */
const didNotSign = (words: string | undefined): FailureError =>
  fail(
    'auth',
    'the SSH agent did not sign. A key that wants to be confirmed needs somebody to confirm it; one restricted to hosts (ssh-add -h) works through the system’s own ssh only.',
    words === undefined ? {} : { code: words }
  )

const signBy = (agent: BaseAgent, key: ParsedKey, data: Buffer, hash: 'sha256' | 'sha512' | undefined) =>
  within(
    new Promise<Buffer>((resolve, reject) =>
      agent.sign(key, data, hash ? { hash } : {}, (error, signature) =>
        signature && !error ? resolve(signature) : reject(didNotSign(error?.message))
      )
    ),
    signDeadlineMs,
    () => fail('timeout', 'The SSH agent did not sign within a minute.', { try: ['Confirm the key’s use when asked.'] })
  )

/** The keys an agent holds; a FailureError that says why when it cannot be asked. Never forwarded, only asked to sign. */
export const listAgentKeys = async (socket: string | null, where: string): Promise<Identity[]> => {
  if (socket === null) throw unreachable(where, 'SSH_AUTH_SOCK is not set for this program.')
  if (process.platform !== 'win32') {
    const found = await stat(socket).catch(() => null)
    if (!found?.isSocket()) throw unreachable(where, `There is no agent at ${socket}.`)
  }
  const agent = ssh2.createAgent(socket)
  const listed = new Promise<unknown[]>((resolve, reject) =>
    agent.getIdentities((error, keys) =>
      error ? reject(unreachable(where, `The agent at ${socket} answered: ${error.message}.`)) : resolve(keys ?? [])
    )
  )
  const keys = await within(listed, listDeadlineMs, () => unreachable(where, `The agent at ${socket} does not answer.`))
  return (keys as ParsedKey[]).map((key) => ({
    name: key.comment || key.type,
    from: 'agent',
    publicKey: key,
    sign: (data, hash) => signBy(agent, key, data, hash)
  }))
}
