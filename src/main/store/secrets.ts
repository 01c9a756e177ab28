import { join } from 'node:path'
import { type Failure, fail, failureOf } from '../../shared/failure'
import {
  type KeepSecret,
  type KeychainState,
  type SecretRef,
  type SecretState,
  secretEnvName
} from '../../shared/secret'
import { keychainCode, makeKeyring } from './keyring'
import type { ForkKeyring } from './keyring-messages'
import { makeSecretNames } from './secret-names'

export interface SecretStoreOptions {
  /** The app's data folder: holds the names of kept secrets, never a value. */
  dir: string
  fork: ForkKeyring
  /** Default: this process's. `SITESWAP_SECRET_…` is read before anything else. */
  environment?: Record<string, string | undefined>
  deadlineMs?: number
}

/** Secrets of all moves: environment, this session's memory, or the operating system's keychain. Values leave it only by `get`. */
export interface SecretStore {
  keychain(): Promise<KeychainState>
  state(moveId: string, ref: SecretRef): Promise<SecretState>
  /** Rejects with kind 'keychain' when the keychain does not keep it; nothing is then kept anywhere. */
  set(moveId: string, ref: SecretRef, value: string, keep: KeepSecret): Promise<SecretState>
  forget(moveId: string, ref: SecretRef): Promise<void>
  /** Null: never set. Rejects with kind 'keychain' when it was set and cannot be read. */
  get(moveId: string, ref: SecretRef): Promise<string | null>
  /** The secrets of one move, as a reach wants them. */
  of(moveId: string): { get(ref: SecretRef): Promise<string | null> }
  /** Copies what the keychain and the session hold for one move to another; answers the refs that could not be copied. */
  copy(fromMoveId: string, toMoveId: string): Promise<SecretRef[]>
  remove(moveId: string): Promise<void>
  close(): void
}

const accountOf = (moveId: string, ref: SecretRef) => `${moveId}/${ref}`
const lockedOrRemoved = 'The keychain is locked, or the password was removed from it.'

const keychainName = (): string =>
  process.platform === 'darwin' ? 'Keychain' : process.platform === 'win32' ? 'Credential Manager' : 'Secret Service'

const words = (failure: Failure) => [failure.what, failure.words].filter(Boolean).join(' ')

/** Opens the store of secrets. Nothing is asked of the keychain before it is needed. */
export const makeSecrets = (options: SecretStoreOptions): SecretStore => {
  const environment = options.environment ?? process.env
  const keyring = makeKeyring(options.fork, options.deadlineMs)
  const names = makeSecretNames(join(options.dir, 'secret-names.json'))
  const session = new Map<string, string>()
  /** A locked keychain answers reads with nothing; only a refused write tells. Remembered until a write succeeds. */
  let refused: KeychainState | null = null

  const stateOf = (error: unknown): KeychainState => {
    const code = keychainCode(error)
    return code === null ? { kind: 'unknown' } : { kind: code, why: words(failureOf(error)) }
  }

  const fromEnvironment = (ref: SecretRef): string | null => environment[secretEnvName(ref)] || null

  const fromKeychain = async (account: string): Promise<string | null> => {
    if (!(await names.has(account))) return null
    const value = await keyring.get(account)
    if (value !== null) return value
    throw fail('keychain', 'A password that was kept in the keychain cannot be read.', {
      where: account,
      why: lockedOrRemoved,
      code: 'locked',
      try: ['Unlock the keychain and try again.', 'Or enter the password again.']
    })
  }

  const get = async (moveId: string, ref: SecretRef): Promise<string | null> => {
    const account = accountOf(moveId, ref)
    return fromEnvironment(ref) ?? session.get(account) ?? (await fromKeychain(account))
  }

  const set = async (moveId: string, ref: SecretRef, value: string, keep: KeepSecret): Promise<SecretState> => {
    const account = accountOf(moveId, ref)
    if (keep === 'session') {
      session.set(account, value)
      return { kind: 'kept', where: 'session' }
    }
    try {
      await keyring.set(account, value)
      refused = null
    } catch (error) {
      refused = stateOf(error)
      throw error
    }
    await names.add(account)
    session.delete(account)
    return { kind: 'kept', where: 'keychain' }
  }

  const forget = async (moveId: string, ref: SecretRef): Promise<void> => {
    const account = accountOf(moveId, ref)
    session.delete(account)
    if (!(await names.has(account))) return
    await keyring.delete(account)
    // A locked keychain answers "nothing there"; only what can no longer be read counts as forgotten.
    if ((await keyring.get(account)) !== null)
      throw fail('keychain', 'The keychain did not remove the password.', {
        where: account,
        code: 'locked',
        try: ['Unlock the keychain and try again.']
      })
    await names.remove(account)
  }

  const refsOf = async (moveId: string): Promise<SecretRef[]> => {
    const prefix = accountOf(moveId, '')
    const accounts = [...(await names.all()), ...session.keys()].filter((account) => account.startsWith(prefix))
    return [...new Set(accounts.map((account) => account.slice(prefix.length)))]
  }

  return {
    keychain: async () => {
      if (refused) return refused
      try {
        const [known] = await names.all()
        const value = await keyring.get(known ?? accountOf('siteswap', 'probe'))
        if (known !== undefined && value === null) return { kind: 'locked', why: lockedOrRemoved }
        return { kind: 'ready', name: keychainName() }
      } catch (error) {
        return stateOf(error)
      }
    },
    state: async (moveId, ref) => {
      if (fromEnvironment(ref) !== null) return { kind: 'kept', where: 'environment' }
      const account = accountOf(moveId, ref)
      if (session.has(account)) return { kind: 'kept', where: 'session' }
      try {
        return (await fromKeychain(account)) === null ? { kind: 'missing' } : { kind: 'kept', where: 'keychain' }
      } catch (error) {
        const failure = failureOf(error)
        return { kind: 'unreadable', why: failure.why ?? words(failure) }
      }
    },
    set,
    forget,
    get,
    of: (moveId) => ({ get: (ref) => get(moveId, ref) }),
    copy: async (fromMoveId, toMoveId) => {
      const missed: SecretRef[] = []
      for (const ref of await refsOf(fromMoveId)) {
        const account = accountOf(fromMoveId, ref)
        try {
          const held = session.get(account)
          const value = held ?? (await fromKeychain(account))
          if (value !== null) await set(toMoveId, ref, value, held === undefined ? 'keychain' : 'session')
        } catch {
          missed.push(ref)
        }
      }
      return missed
    },
    remove: async (moveId) => {
      const refs = await refsOf(moveId)
      const results = await Promise.allSettled(refs.map((ref) => forget(moveId, ref)))
      const failed = results.find((result) => result.status === 'rejected')
      if (failed) throw failed.reason
    },
    close: () => {
      session.clear()
      keyring.close()
    }
  }
}
