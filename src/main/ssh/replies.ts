import type { Client } from 'ssh2'
import { insideOf } from './inside'

/**
 * Tells each refusal's own words: what the server takes now, and whether the proof before was accepted as one of several.
 * The library forgets both when a key of an agent was offered (AuthenticationMethods publickey,keyboard-interactive), so
 * this looks inside it.
 */
export const watchReplies = (client: Client, tell: (left: readonly string[], partial: boolean) => void): void => {
  const handlers = insideOf(client)._handlers
  const original = handlers?.USERAUTH_FAILURE
  if (!handlers || !original) throw new Error('the SSH library keeps its handlers elsewhere')
  handlers.USERAUTH_FAILURE = (protocol, left, partial) => {
    tell(left, partial)
    original(protocol, left, partial)
  }
}
