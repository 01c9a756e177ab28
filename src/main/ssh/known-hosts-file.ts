import { mkdir, readFile, realpath, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { fail } from '../../shared/failure'
import { type KnownHostLine, knownHostLine, parseKnownHosts, withLine } from './known-hosts'

/** Files that are read, in order, and the one that accepted keys are written to. */
export interface KnownHostsFiles {
  read: readonly string[]
  write: string
}

/** The user's own file (also written to) and the machine's. */
export const defaultKnownHostsFiles = (home = homedir()): KnownHostsFiles => {
  const own = join(home, '.ssh', 'known_hosts')
  return { read: [own, join(home, '.ssh', 'known_hosts2'), '/etc/ssh/ssh_known_hosts'], write: own }
}

const sizeLimit = 64 * 1024 * 1024
const missing = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')

const textOf = async (file: string): Promise<string> => {
  try {
    const found = await stat(file)
    if (!found.isFile() || found.size > sizeLimit)
      throw fail('storage', 'A known_hosts file cannot be used.', {
        where: file,
        why: found.isFile() ? 'It is larger than 64 MiB.' : 'It is not a regular file.',
        try: ['Move it away and connect again: the host keys will be asked for once.']
      })
    return await readFile(file, 'utf8')
  } catch (error) {
    if (missing(error)) return ''
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    throw fail('storage', 'A known_hosts file could not be read, so no host key can be checked.', {
      where: file,
      code: (error as NodeJS.ErrnoException).code,
      try: ['Make the file readable for this account.']
    })
  }
}

/** All usable lines of all files; a missing file is an empty one, an unreadable one is a failure. */
export const readKnownHosts = async (files: KnownHostsFiles): Promise<KnownHostLine[]> => {
  const names = [...new Set([...files.read, files.write])]
  const texts = await Promise.all(names.map(async (file) => parseKnownHosts(await textOf(file), file)))
  return texts.flat()
}

// Two first-use answers at once must not overwrite each other's line.
let writing: Promise<unknown> = Promise.resolve()

/** Adds a line for this key to the file, keeping the rest of it as it is; atomic, and the file stays private. */
export const addKnownHost = (file: string, host: string, port: number, key: Buffer): Promise<void> => {
  const add = async () => {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    // A symbolic link stays one: the file behind it is replaced.
    const target = await realpath(file).catch(() => file)
    const mode = await stat(target).then(
      (found) => found.mode & 0o777,
      () => 0o600
    )
    await writeFileAtomic(target, withLine(await textOf(target), knownHostLine(host, port, key)), { mode })
  }
  const next = writing.then(add, add).catch((error) => {
    throw fail('storage', 'The accepted host key could not be written down.', {
      where: file,
      words: error instanceof Error ? error.message : String(error),
      try: ['Make the folder and the file writable for this account and connect again.']
    })
  })
  writing = next.catch(() => undefined)
  return next
}
