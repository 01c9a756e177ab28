import { fail } from '../../shared/failure'
import type { Keyring } from './keyring'
import type { SecretNames } from './secret-names'

/** Tells an open keychain from a locked one: a locked one answers reads with nothing, also for this. */
const mark = { account: 'siteswap/keychain', value: 'open' }
const tries = 3

export const lockedOrRemoved = 'The keychain is locked, or the password was removed from it.'
const locked = 'The keychain is locked.'
const removed = 'It was removed from the keychain by somebody else.'

/** Secrets in the keychain by name, over a list of names that tells what should be there. */
export interface KeychainAccounts {
  /** Null: never kept. Rejects with kind 'keychain' when it was and cannot be read. */
  read(name: string): Promise<string | null>
  keep(name: string, value: string): Promise<void>
  /** Rejects with kind 'keychain' when the keychain still gives the password. */
  drop(name: string): Promise<void>
  names(): Promise<string[]>
  rename(changes: ReadonlyMap<string, string | null>): Promise<void>
  /** Null: nothing was ever kept, so nothing tells. */
  isOpen(): Promise<boolean | null>
}

export const makeKeychainAccounts = (keyring: Keyring, list: SecretNames): KeychainAccounts => {
  const isOpen = async (): Promise<boolean | null> => {
    if (await list.marked()) return (await keyring.get(mark.account)) === mark.value
    const [first] = await list.all()
    const account = first === undefined ? null : await list.accountOf(first)
    return account === null ? null : (await keyring.get(account)) !== null
  }

  /** True when the keychain holds it no more; a locked one cannot say so. */
  const wipe = async (account: string): Promise<boolean> => {
    if (await keyring.delete(account)) return true
    return (await keyring.get(account)) === null && (await isOpen()) === true
  }

  /** What a locked keychain did not give up is tried again when it is open. */
  const sweep = async (): Promise<void> => {
    const waiting = (await list.leftover()).slice(0, tries)
    const gone: string[] = []
    for (const account of waiting) if (await wipe(account).catch(() => false)) gone.push(account)
    if (gone.length > 0) await list.gone(gone)
  }

  const whyUnreadable = async (): Promise<string> => {
    if (!(await list.marked())) return lockedOrRemoved
    return (await isOpen()) ? removed : locked
  }

  return {
    isOpen,
    names: list.all,
    read: async (name) => {
      const account = await list.accountOf(name)
      if (account === null) return null
      const value = await keyring.get(account)
      if (value !== null) return value
      const why = await whyUnreadable()
      throw fail('keychain', 'A password that was kept in the keychain cannot be read.', {
        where: name,
        why,
        code: why === removed ? 'removed' : 'locked',
        try:
          why === removed
            ? ['Enter the password again.']
            : ['Unlock the keychain and try again.', 'Or enter the password again.']
      })
    },
    keep: async (name, value) => {
      const account = await list.accountFor(name)
      await keyring.set(account, value)
      await list.add(name, account)
      if (!(await list.marked())) {
        await keyring.set(mark.account, mark.value)
        await list.mark()
      }
      await sweep().catch(() => {})
    },
    drop: async (name) => {
      const account = await list.accountOf(name)
      if (account === null) return
      const wiped = await wipe(account)
      if (!wiped && (await keyring.get(account)) !== null)
        throw fail('keychain', 'The keychain did not remove the password.', {
          where: name,
          code: 'locked',
          try: ['Unlock the keychain and try again.']
        })
      await list.rename(new Map([[name, null]]))
      if (wiped) await list.gone([account])
    },
    rename: async (changes) => {
      await list.rename(changes)
      await sweep().catch(() => {})
    }
  }
}
