import { readFile, realpath, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fail } from '../../shared/failure'
import type { ResolvedHop } from '../../shared/ssh-settings'
import { writeWhole } from '../store/write-whole'
import { type KnownHostLine, keepsNamesHashed, knownHostLine, parseKnownHosts, withLine } from './known-hosts'

/** Files that are read, in order, and the one that accepted keys are written to. */
export interface KnownHostsFiles {
  read: readonly string[]
  write: string
  /** Those of `read` that are the machine's: they hold also for a host with files of its own. */
  machine?: readonly string[]
}

const machineFiles = ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2']
/** A place that keeps nothing: what is accepted then holds for as long as the program runs. */
const nowhere = '/dev/null'
const remembered = new Map<string, string>()

/** The user's own file (also written to) and the machine's. */
export const defaultKnownHostsFiles = (home = homedir()): KnownHostsFiles => {
  const own = join(home, '.ssh', 'known_hosts')
  return { read: [own, join(home, '.ssh', 'known_hosts2'), ...machineFiles], write: own, machine: machineFiles }
}

/** The files of one host: those its configuration names, instead of the usual ones of the same kind. Accepted keys go to the first of the user's. */
export const knownHostsFor = (
  hop: Pick<ResolvedHop, 'userKnownHostsFiles' | 'globalKnownHostsFiles'>,
  usual: KnownHostsFiles
): KnownHostsFiles => {
  const usualMachine = usual.machine ?? []
  const machine = hop.globalKnownHostsFiles ?? usualMachine
  const user = hop.userKnownHostsFiles ?? usual.read.filter((file) => !usualMachine.includes(file))
  const write = hop.userKnownHostsFiles === null ? usual.write : (hop.userKnownHostsFiles[0] ?? nowhere)
  return { read: [...user, ...machine], write, machine }
}

const sizeLimit = 64 * 1024 * 1024
const missing = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')

const textOf = async (file: string): Promise<string> => {
  try {
    if (file === nowhere) return remembered.get(nowhere) ?? ''
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

/** Adds a line for this key under a name to the file, keeping the rest of it as it is; atomic, and the file stays private. */
export const addKnownHost = (file: string, name: string, key: Buffer, hashed = false): Promise<void> => {
  const add = async () => {
    // A symbolic link stays one: the file behind it is replaced.
    const target = await realpath(file).catch(() => file)
    if (target === nowhere) {
      remembered.set(nowhere, withLine(await textOf(nowhere), knownHostLine(name, key)))
      return
    }
    const mode = await stat(target).then(
      (found) => found.mode & 0o777,
      () => 0o600
    )
    const text = await textOf(target)
    const line = knownHostLine(name, key, hashed || keepsNamesHashed(parseKnownHosts(text, target)))
    await writeWhole(target, withLine(text, line), mode)
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
