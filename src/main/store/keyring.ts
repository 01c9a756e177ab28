import { deadlineText } from '../../shared/deadline'
import { FailureError, fail } from '../../shared/failure'
import type { ForkKeyring, KeyringOp, KeyringProcess, KeyringReply } from './keyring-messages'

/** The operating system's keychain behind a process with a deadline. Every failure has kind 'keychain'. */
export interface Keyring {
  get(account: string): Promise<string | null>
  /** Written and read back. */
  set(account: string, value: string): Promise<void>
  delete(account: string): Promise<boolean>
  close(): void
}

const absent =
  /org\.freedesktop\.secrets|not provided by any|autolaunch|D-Bus|dbus|cannot open shared object|libsecret|Cannot find (module|package)/i

/** Whether the words of a keychain failure mean that there is no keychain at all. */
export const meansAbsent = (words: string): boolean => absent.test(words)

const sessionOnly = 'Keep the password for this session only.'

const refusal = (words: string): FailureError =>
  meansAbsent(words)
    ? fail('keychain', 'This computer offers no keychain to this program.', {
        words,
        code: 'absent',
        try: [sessionOnly, 'On Linux: install and start a secret service (gnome-keyring or KWallet).']
      })
    : fail('keychain', 'The keychain refused.', {
        words,
        code: 'locked',
        try: ['Unlock the keychain and try again.', sessionOnly]
      })

/** Starts the worker at first use and again after it ended; a call past the deadline ends it. */
export const makeKeyring = (fork: ForkKeyring, deadlineMs = 3_000): Keyring => {
  interface Waiting {
    resolve(value: string | boolean | null): void
    reject(error: FailureError): void
    timer: NodeJS.Timeout
  }
  let worker: KeyringProcess | null = null
  let count = 0
  const waiting = new Map<number, Waiting>()

  const take = (id: number): Waiting | undefined => {
    const found = waiting.get(id)
    if (found) clearTimeout(found.timer)
    waiting.delete(id)
    return found
  }
  const rejectAll = (failure: FailureError) => {
    for (const id of [...waiting.keys()]) take(id)?.reject(failure)
  }
  const onReply = (reply: KeyringReply) => {
    const call = take(reply.id)
    if (!call) return
    if (reply.ok) call.resolve(reply.value)
    else call.reject(refusal(reply.words))
  }
  const start = (): KeyringProcess => {
    const started = fork()
    started.onReply(onReply)
    started.onExit(() => {
      if (worker !== started) return
      worker = null
      rejectAll(
        fail('keychain', 'The keychain’s process ended unexpectedly.', {
          code: 'locked',
          try: ['Unlock the keychain and try again.', sessionOnly]
        })
      )
    })
    return started
  }
  const end = () => {
    const ended = worker
    worker = null
    ended?.kill()
  }
  const call = (op: KeyringOp, account: string, value?: string): Promise<string | boolean | null> =>
    new Promise((resolve, reject) => {
      const id = ++count
      const timer = setTimeout(() => {
        end()
        rejectAll(
          fail('keychain', `The keychain did not answer within ${deadlineText(deadlineMs)}.`, {
            code: 'locked',
            why: 'It may be locked and waiting behind a prompt.',
            try: ['Unlock the keychain and try again.', sessionOnly]
          })
        )
      }, deadlineMs)
      waiting.set(id, { resolve, reject, timer })
      try {
        worker ??= start()
        worker.send({ id, op, account, ...(value === undefined ? {} : { value }) })
      } catch (error) {
        take(id)?.reject(refusal(error instanceof Error ? error.message : String(error)))
      }
    })

  const get = async (account: string): Promise<string | null> => {
    const value = await call('get', account)
    return typeof value === 'string' ? value : null
  }
  return {
    get,
    set: async (account, value) => {
      await call('set', account, value)
      if ((await get(account)) === value) return
      throw fail('keychain', 'The keychain took the password and did not give it back.', {
        code: 'locked',
        try: ['Unlock the keychain and try again.', sessionOnly]
      })
    },
    delete: async (account) => (await call('delete', account)) === true,
    close: () => {
      end()
      rejectAll(fail('cancelled', 'The keychain was closed.'))
    }
  }
}

/** The code of a keychain failure: `absent`, `locked`, or null when it is another failure. */
export const keychainCode = (error: unknown): 'absent' | 'locked' | null =>
  error instanceof FailureError && error.failure.kind === 'keychain'
    ? error.failure.code === 'absent'
      ? 'absent'
      : 'locked'
    : null
