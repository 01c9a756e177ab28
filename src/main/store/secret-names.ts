import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { fail } from '../../shared/failure'
import { writeWhole } from './write-whole'

const account = z.string().max(400)
const format = z.literal('siteswap.secret-names')
const schema = z.discriminatedUnion('version', [
  z.strictObject({ format, version: z.literal(1), accounts: z.array(account).max(100_000) }),
  z.strictObject({
    format,
    version: z.literal(2),
    accounts: z.record(account, account),
    leftover: z.array(account).max(100_000),
    marked: z.boolean()
  })
])

/** Which secret lies under which account of the keychain; never a value. */
interface Names {
  accounts: Map<string, string>
  /** Accounts nobody uses any more that the keychain has not given up yet. */
  leftover: Set<string>
  marked: boolean
}

/**
 * The names of kept secrets, so that a null answer can be told from "never set", and so that a secret can be renamed
 * while the keychain is locked: the new name points to the old account.
 */
export interface SecretNames {
  accountOf(name: string): Promise<string | null>
  all(): Promise<string[]>
  /** The account a secret of this name is to be written to: its own, or a free one when another name uses that. */
  accountFor(name: string): Promise<string>
  add(name: string, account: string): Promise<void>
  /** Renames all at once; null drops a name. Answers the accounts that nobody uses any more. */
  rename(changes: ReadonlyMap<string, string | null>): Promise<string[]>
  leftover(): Promise<string[]>
  /** The keychain gave these up. */
  gone(accounts: readonly string[]): Promise<void>
  /** Whether the keychain holds the mark that tells an open one from a locked one. */
  marked(): Promise<boolean>
  mark(): Promise<void>
}

const empty = (): Names => ({ accounts: new Map(), leftover: new Set(), marked: false })

const parse = (text: string): Names => {
  try {
    const found = schema.parse(JSON.parse(text))
    if (found.version === 1) return { ...empty(), accounts: new Map(found.accounts.map((name) => [name, name])) }
    return {
      accounts: new Map(Object.entries(found.accounts)),
      leftover: new Set(found.leftover),
      marked: found.marked
    }
  } catch {
    return empty()
  }
}

const textOf = ({ accounts, leftover, marked }: Names): string => {
  const content = {
    format: 'siteswap.secret-names',
    version: 2,
    accounts: Object.fromEntries([...accounts].sort(([a], [b]) => (a < b ? -1 : 1))),
    leftover: [...leftover].sort(),
    marked
  }
  return `${JSON.stringify(content, null, 2)}\n`
}

/** Names in one small JSON file, read anew each time: app and command may both be open. A damaged one counts as empty, the passwords are then asked for once more. */
export const makeSecretNames = (file: string): SecretNames => {
  let queue: Promise<unknown> = Promise.resolve()
  const load = async (): Promise<Names> => {
    const text = await readFile(file, 'utf8').catch(() => null)
    return text === null ? empty() : parse(text)
  }
  const change = <T>(edit: (names: Names) => T): Promise<T> => {
    const work = async (): Promise<T> => {
      const names = await load()
      const before = textOf(names)
      const answer = edit(names)
      const text = textOf(names)
      if (text === before) return answer
      await writeWhole(file, text).catch((error: unknown) => {
        throw fail('storage', 'The list of kept passwords (names only) could not be written.', {
          where: file,
          words: error instanceof Error ? error.message : String(error),
          try: ['Check that the disk has room and the folder is writable.']
        })
      })
      return answer
    }
    const next = queue.then(work, work)
    queue = next.catch(() => undefined)
    return next
  }
  return {
    accountOf: async (name) => (await load()).accounts.get(name) ?? null,
    all: async () => [...(await load()).accounts.keys()],
    accountFor: async (name) => {
      const { accounts, leftover } = await load()
      const own = accounts.get(name)
      if (own !== undefined) return own
      const used = new Set([...accounts.values(), ...leftover])
      for (let count = 1; ; count += 1) {
        const free = count === 1 ? name : `${name}#${count}`
        if (!used.has(free)) return free
      }
    },
    add: (name, used) =>
      change(({ accounts }) => {
        accounts.set(name, used)
      }),
    rename: (changes) =>
      change((names) => {
        const before = new Map(names.accounts)
        for (const name of changes.keys()) names.accounts.delete(name)
        for (const [from, to] of changes) {
          const account = before.get(from)
          // A name that is there and is not itself renamed was set for what it is now.
          if (account !== undefined && to !== null && !names.accounts.has(to)) names.accounts.set(to, account)
        }
        const used = new Set(names.accounts.values())
        const unused = [...before.values()].filter((account) => !used.has(account))
        for (const account of unused) names.leftover.add(account)
        return unused
      }),
    leftover: async () => [...(await load()).leftover],
    gone: (accounts) =>
      change(({ leftover }) => {
        for (const account of accounts) leftover.delete(account)
      }),
    marked: async () => (await load()).marked,
    mark: () =>
      change((names) => {
        names.marked = true
      })
  }
}
