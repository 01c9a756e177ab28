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

export interface KeyringOptions {
  /** For an answer of a keychain that is open. */
  deadlineMs?: number
  /** For a person at the keychain's own prompt: it vanishes with the process that asked. */
  patienceMs?: number
  /** The keychain may be asking somebody; told once until it has answered. */
  onPrompt?(): void
}

/**
 * Starts the worker at first use and again after it ended. A call past its deadline ends it, unless another one waits at
 * a prompt. Writes and what comes before the first password was read may be at a prompt; later reads may be in a run.
 */
export const makeKeyring = (
  fork: ForkKeyring,
  { deadlineMs = 3_000, patienceMs = 90_000, onPrompt }: KeyringOptions = {}
): Keyring => {
  interface Waiting {
    resolve(value: string | boolean | null): void
    reject(error: FailureError): void
    timers: NodeJS.Timeout[]
    patient: boolean
  }
  let worker: KeyringProcess | null = null
  /** It gave a password, so it asks nobody. */
  let opened = false
  let told = false
  let count = 0
  const waiting = new Map<number, Waiting>()

  const take = (id: number): Waiting | undefined => {
    const found = waiting.get(id)
    for (const timer of found?.timers ?? []) clearTimeout(timer)
    waiting.delete(id)
    return found
  }
  const rejectAll = (failure: FailureError) => {
    for (const id of [...waiting.keys()]) take(id)?.reject(failure)
  }
  const onReply = (reply: KeyringReply) => {
    const call = take(reply.id)
    if (!call) return
    told = false
    if (reply.ok && typeof reply.value === 'string') opened = true
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
  const silent = (ms: number): FailureError =>
    fail('keychain', `The keychain did not answer within ${deadlineText(ms)}.`, {
      code: 'locked',
      why: 'It may be locked and waiting behind a prompt.',
      try: ['Unlock the keychain and try again.', sessionOnly]
    })
  const prompted = () => {
    if (told) return
    told = true
    onPrompt?.()
  }
  const late = (id: number, ms: number) => {
    // The next one may be at a prompt: it was locked meanwhile.
    opened = false
    take(id)?.reject(silent(ms))
    if ([...waiting.values()].some((other) => other.patient)) return
    end()
    rejectAll(silent(ms))
  }
  const call = (op: KeyringOp, account: string, value?: string): Promise<string | boolean | null> =>
    new Promise((resolve, reject) => {
      const id = ++count
      const patient = patienceMs > deadlineMs && (op === 'set' || !opened)
      const ms = patient ? patienceMs : deadlineMs
      const timers = [setTimeout(() => late(id, ms), ms)]
      if (patient) timers.push(setTimeout(prompted, deadlineMs))
      waiting.set(id, { resolve, reject, timers, patient })
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
