import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'
import { fail } from '../../shared/failure'

const schema = z.strictObject({
  format: z.literal('siteswap.secret-names'),
  version: z.literal(1),
  accounts: z.array(z.string().max(400)).max(100_000)
})

/** Which accounts were put into the keychain: names only, so that a null answer can be told from "never set". */
export interface SecretNames {
  has(account: string): Promise<boolean>
  all(): Promise<string[]>
  add(account: string): Promise<void>
  remove(account: string): Promise<void>
}

/** Names in one small JSON file; a damaged file counts as empty, the passwords are then asked for once more. */
export const makeSecretNames = (file: string): SecretNames => {
  let known: Promise<Set<string>> | null = null
  let writing: Promise<void> = Promise.resolve()
  const load = async (): Promise<Set<string>> => {
    const text = await readFile(file, 'utf8').catch(() => null)
    if (text === null) return new Set()
    try {
      return new Set(schema.parse(JSON.parse(text)).accounts)
    } catch {
      return new Set()
    }
  }
  const accounts = (): Promise<Set<string>> => {
    known ??= load()
    return known
  }
  const save = (): Promise<void> => {
    const write = async () => {
      const content = { format: 'siteswap.secret-names', version: 1, accounts: [...(await accounts())].sort() }
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
      await writeFileAtomic(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
    }
    const next = writing.then(write, write).catch((error) => {
      throw fail('storage', 'The list of kept passwords (names only) could not be written.', {
        where: file,
        words: error instanceof Error ? error.message : String(error),
        try: ['Check that the disk has room and the folder is writable.']
      })
    })
    writing = next.catch(() => undefined)
    return next
  }
  return {
    has: async (account) => (await accounts()).has(account),
    all: async () => [...(await accounts())],
    add: async (account) => {
      const names = await accounts()
      if (names.has(account)) return
      names.add(account)
      await save()
    },
    remove: async (account) => {
      if ((await accounts()).delete(account)) await save()
    }
  }
}
