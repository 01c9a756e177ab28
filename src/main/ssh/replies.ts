import type { Client } from 'ssh2'

interface Inside {
  _protocol?: { _handlers?: { USERAUTH_FAILURE?: (protocol: unknown, left: string[], partial: boolean) => void } }
}

/**
 * Tells each refusal's own words: what the server takes now, and whether the proof before was accepted as one of several.
 * The library forgets both when a key of an agent was offered (AuthenticationMethods publickey,keyboard-interactive), so
 * this looks inside it; the test of two proofs fails should a new version move it.
 */
export const watchReplies = (client: Client, tell: (left: readonly string[], partial: boolean) => void): void => {
  const handlers = (client as unknown as Inside)._protocol?._handlers
  const original = handlers?.USERAUTH_FAILURE
  if (!handlers || !original) throw new Error('the SSH library keeps its handlers elsewhere')
  handlers.USERAUTH_FAILURE = (protocol, left, partial) => {
    tell(left, partial)
    original(protocol, left, partial)
  }
}
