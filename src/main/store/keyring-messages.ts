/** The only three things ever asked of a keychain. `findCredentials` is not among them: on a locked keychain it ends the process. */
export type KeyringOp = 'get' | 'set' | 'delete'

export interface KeyringRequest {
  id: number
  op: KeyringOp
  account: string
  /** For `set`. */
  value?: string
}

const ops: readonly unknown[] = ['get', 'set', 'delete'] satisfies KeyringOp[]

/** Whether a message is a request; the worker answers nothing else. */
export const isKeyringRequest = (message: unknown): message is KeyringRequest => {
  if (typeof message !== 'object' || message === null) return false
  const { id, op, account, value }: { [name in keyof KeyringRequest]?: unknown } = message
  return (
    typeof id === 'number' &&
    ops.includes(op) &&
    typeof account === 'string' &&
    (value === undefined || typeof value === 'string')
  )
}

export type KeyringReply =
  | { id: number; ok: true; value: string | boolean | null }
  | { id: number; ok: false; words: string }

/** The worker's process, however it was forked: Electron's utility process or a child of plain Node. */
export interface KeyringProcess {
  send(request: KeyringRequest): void
  onReply(listener: (reply: KeyringReply) => void): void
  onExit(listener: () => void): void
  kill(): void
}
export type ForkKeyring = () => KeyringProcess

/** Service name under which all secrets stand in the keychain. */
export const keyringService = 'Siteswap'
