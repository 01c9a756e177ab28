import { join } from 'node:path'
import { type Failure, failureOf } from '../../shared/failure'
import {
  type KeepSecret,
  type KeychainState,
  type SecretRef,
  type SecretState,
  secretEnvName
} from '../../shared/secret'
import type { SecretMapping } from '../../shared/secret-mapping'
import { lockedOrRemoved, makeKeychainAccounts } from './keychain-accounts'
import { type KeyringOptions, keychainCode, makeKeyring } from './keyring'
import type { ForkKeyring } from './keyring-messages'
import { makeSecretNames } from './secret-names'

export interface SecretStoreOptions extends KeyringOptions {
  /** The app's data folder: holds the names of kept secrets, never a value. */
  dir: string
  fork: ForkKeyring
  /** Default: this process's. `SITESWAP_SECRET_…` is read before anything else. */
  environment?: Record<string, string | undefined>
}

/** The secrets of one move. */
export interface MoveSecrets {
  get(ref: SecretRef): Promise<string | null>
  follow(mapping: SecretMapping): Promise<SecretRef[]>
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
  /** The secrets of one move, as a reach and the document want them. */
  of(moveId: string): MoveSecrets
  /** Names of the secrets of one move, those of the environment left out. */
  refs(moveId: string): Promise<SecretRef[]>
  /** Copies what the keychain and the session hold for one move to another, under the names `as` gives; answers the refs that could not be copied. */
  copy(fromMoveId: string, toMoveId: string, as?: SecretMapping): Promise<SecretRef[]>
  /** Gives secrets the names they have after an edit and removes those of what is gone; works while the keychain is locked. Answers the removed ones. */
  follow(moveId: string, mapping: SecretMapping): Promise<SecretRef[]>
  remove(moveId: string): Promise<void>
  close(): void
}

const accountOf = (moveId: string, ref: SecretRef) => `${moveId}/${ref}`

const keychainName = (): string =>
  process.platform === 'darwin' ? 'Keychain' : process.platform === 'win32' ? 'Credential Manager' : 'Secret Service'

const words = (failure: Failure) => [failure.what, failure.words].filter(Boolean).join(' ')

/** Opens the store of secrets. Nothing is asked of the keychain before it is needed. */
export const makeSecrets = (options: SecretStoreOptions): SecretStore => {
  const environment = options.environment ?? process.env
  const keyring = makeKeyring(options.fork, options)
  const kept = makeKeychainAccounts(keyring, makeSecretNames(join(options.dir, 'secret-names.json')))
  const session = new Map<string, string>()
  /** A locked keychain answers reads with nothing; only a refused write tells. Remembered until a write succeeds. */
  let refused: KeychainState | null = null

  const stateOf = (error: unknown): KeychainState => {
    const code = keychainCode(error)
    return code === null ? { kind: 'unknown' } : { kind: code, why: words(failureOf(error)) }
  }

  const fromEnvironment = (ref: SecretRef): string | null => environment[secretEnvName(ref)] || null

  const get = async (moveId: string, ref: SecretRef): Promise<string | null> => {
    const account = accountOf(moveId, ref)
    return fromEnvironment(ref) ?? session.get(account) ?? (await kept.read(account))
  }

  const set = async (moveId: string, ref: SecretRef, value: string, keep: KeepSecret): Promise<SecretState> => {
    const account = accountOf(moveId, ref)
    if (keep === 'session') {
      session.set(account, value)
      return { kind: 'kept', where: 'session' }
    }
    try {
      await kept.keep(account, value)
      refused = null
    } catch (error) {
      refused = stateOf(error)
      throw error
    }
    session.delete(account)
    return { kind: 'kept', where: 'keychain' }
  }

  const forget = async (moveId: string, ref: SecretRef): Promise<void> => {
    const account = accountOf(moveId, ref)
    session.delete(account)
    await kept.drop(account)
  }

  const refsOf = async (moveId: string): Promise<SecretRef[]> => {
    const prefix = accountOf(moveId, '')
    const accounts = [...(await kept.names()), ...session.keys()].filter((account) => account.startsWith(prefix))
    return [...new Set(accounts.map((account) => account.slice(prefix.length)))]
  }

  const follow = async (moveId: string, mapping: SecretMapping): Promise<SecretRef[]> => {
    const changes = new Map<string, string | null>()
    const removed: SecretRef[] = []
    for (const ref of await refsOf(moveId)) {
      const to = mapping(ref)
      if (to === ref) continue
      if (to === null) removed.push(ref)
      changes.set(accountOf(moveId, ref), to === null ? null : accountOf(moveId, to))
    }
    if (changes.size === 0) return []
    const held = new Map([...changes.keys()].flatMap((from) => [[from, session.get(from)] as const]))
    for (const from of changes.keys()) session.delete(from)
    for (const [from, to] of changes) {
      const value = held.get(from)
      if (to !== null && value !== undefined && !session.has(to)) session.set(to, value)
    }
    await kept.rename(changes)
    return removed
  }

  return {
    keychain: async () => {
      if (refused) return refused
      try {
        const open = await kept.isOpen()
        if (open === false) return { kind: 'locked', why: lockedOrRemoved }
        if (open === null) await keyring.get(accountOf('siteswap', 'probe'))
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
        return (await kept.read(account)) === null ? { kind: 'missing' } : { kind: 'kept', where: 'keychain' }
      } catch (error) {
        const failure = failureOf(error)
        return { kind: 'unreadable', why: failure.why ?? words(failure) }
      }
    },
    set,
    forget,
    get,
    of: (moveId) => ({ get: (ref) => get(moveId, ref), follow: (mapping) => follow(moveId, mapping) }),
    refs: refsOf,
    copy: async (fromMoveId, toMoveId, as = (ref) => ref) => {
      const missed: SecretRef[] = []
      for (const ref of await refsOf(fromMoveId)) {
        const to = as(ref)
        if (to === null) continue
        const account = accountOf(fromMoveId, ref)
        try {
          const held = session.get(account)
          const value = held ?? (await kept.read(account))
          if (value !== null) await set(toMoveId, to, value, held === undefined ? 'keychain' : 'session')
        } catch {
          missed.push(ref)
        }
      }
      return missed
    },
    follow,
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
