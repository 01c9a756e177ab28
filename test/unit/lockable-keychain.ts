import type { KeyringReply, KeyringRequest } from '../../src/main/store/keyring-messages'

/** A keychain of this process that can be locked: reads then find nothing and writes are refused, as the real one does. */
export const lockable = () => {
  const held = new Map<string, string>()
  const chain = { locked: false, held }
  const answer = ({ id, op, account, value }: KeyringRequest): KeyringReply => {
    if (op === 'get') return { id, ok: true, value: chain.locked ? null : (held.get(account) ?? null) }
    if (chain.locked) return { id, ok: false, words: 'Prompt dismissed' }
    if (op === 'set') held.set(account, value ?? '')
    return { id, ok: true, value: op === 'delete' ? held.delete(account) : null }
  }
  const fork = () => {
    let reply: (reply: KeyringReply) => void = () => {}
    return {
      send: (request: KeyringRequest) => reply(answer(request)),
      onReply: (listener: (reply: KeyringReply) => void) => {
        reply = listener
      },
      onExit: () => {},
      kill: () => {}
    }
  }
  return { chain, fork }
}
