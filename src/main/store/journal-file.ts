import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fail } from '../../shared/failure'
import type { JournalBody, JournalEntry } from '../../shared/journal'

const genesis = '0'.repeat(64)

const hashOf = (entry: Omit<JournalEntry, 'hash'>): string =>
  createHash('sha256')
    .update(JSON.stringify([entry.seq, entry.at, entry.mono, entry.prev, entry.body]))
    .digest('hex')

export interface JournalReading {
  entries: JournalEntry[]
  /** Bytes of whole, intact lines; what follows is a torn tail of a write that never returned. */
  intactBytes: number
  problem: string | null
}

const lineProblem = (entry: JournalEntry, before: JournalEntry | undefined): string | null => {
  if (entry.seq !== (before?.seq ?? 0) + 1) return `entry ${entry.seq} follows entry ${before?.seq ?? 0}`
  if (entry.prev !== (before?.hash ?? genesis)) return `entry ${entry.seq} does not chain to the one before it`
  if (entry.hash !== hashOf(entry)) return `entry ${entry.seq} was changed after it was written`
  return null
}

/** Checks the hash chain of a journal's text. A torn last line is tolerated, anything else is a problem. */
export const readJournal = (text: string): JournalReading => {
  const entries: JournalEntry[] = []
  let intactBytes = 0
  const lines = text.split('\n')
  for (const [index, line] of lines.entries()) {
    if (line === '') continue
    const isLast = index === lines.length - 1
    if (isLast) return { entries, intactBytes, problem: null }
    let entry: JournalEntry
    try {
      entry = JSON.parse(line)
    } catch {
      return { entries, intactBytes, problem: `line ${index + 1} is not readable` }
    }
    const problem = lineProblem(entry, entries.at(-1))
    if (problem) return { entries, intactBytes, problem }
    entries.push(entry)
    intactBytes += Buffer.byteLength(line) + 1
  }
  return { entries, intactBytes, problem: null }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const notOpened =
  (path: string) =>
  (error: unknown): never => {
    throw fail('storage', 'The journal cannot be opened.', {
      where: path,
      words: error instanceof Error ? error.message : String(error),
      try: ['Check that you may write to this folder and that the disk is not full.']
    })
  }

/** One writer per journal: a second Siteswap on the same move is refused, a lock left by a killed one is taken over. */
const takeLock = async (path: string): Promise<void> => {
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx', mode: 0o600 })
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') notOpened(path)(error)
      const pid = Number(await readFile(path, 'utf8').catch(() => ''))
      if (pid > 0 && isAlive(pid))
        throw fail('conflict', 'This move is open in another Siteswap on this computer.', {
          where: `process ${pid}`,
          try: ['Close it there first: two operators must never act on one move.']
        })
      await rm(path, { force: true })
    }
  }
  throw fail('conflict', 'This move is being opened by another Siteswap.', { where: path })
}

/** Append-only, hash-chained JSONL; every append is on disk before it returns. One writer per file. */
export class JournalFile {
  readonly entries: JournalEntry[]
  readonly problem: string | null
  savedAt: number | null
  private queue: Promise<unknown> = Promise.resolve()
  private bytes: number

  private constructor(
    private readonly handle: FileHandle,
    private readonly lock: string,
    reading: JournalReading
  ) {
    this.bytes = reading.intactBytes
    this.entries = reading.entries
    this.problem = reading.problem
    this.savedAt = reading.entries.at(-1)?.at ?? null
  }

  /** Opens or creates the journal (0600). A damaged one opens for reading only: `problem` says why. */
  static async open(path: string): Promise<JournalFile> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch(notOpened(path))
    const lock = `${path}.lock`
    await takeLock(lock)
    try {
      return await JournalFile.openLocked(path, lock)
    } catch (error) {
      await rm(lock, { force: true })
      throw error
    }
  }

  private static async openLocked(path: string, lock: string): Promise<JournalFile> {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw fail('storage', 'The journal cannot be read.', {
        where: path,
        words: error.message,
        try: ['Check the rights of the folder and the disk.']
      })
    })
    const reading = readJournal(text)
    const handle = await open(path, 'a', 0o600).catch(notOpened(path))
    if (!reading.problem && reading.intactBytes < Buffer.byteLength(text)) await handle.truncate(reading.intactBytes)
    return new JournalFile(handle, lock, reading)
  }

  /** Writes one entry and returns when it is fsynced. Rejects with kind 'storage' on a damaged journal or a full disk. */
  write(body: JournalBody): Promise<JournalEntry> {
    const next = this.queue.then(() => this.append(body))
    this.queue = next.catch(() => {})
    return next
  }

  private async append(body: JournalBody): Promise<JournalEntry> {
    if (this.problem)
      throw fail('storage', 'The journal is damaged and is not written any more.', {
        why: this.problem,
        try: ['Keep the file, export the report, and start a copy of the move.']
      })
    const last = this.entries.at(-1)
    const bare = {
      seq: (last?.seq ?? 0) + 1,
      at: Date.now(),
      mono: Math.round(performance.now() * 1000) / 1000,
      prev: last?.hash ?? genesis,
      body
    }
    const entry: JournalEntry = { ...bare, hash: hashOf(bare as Omit<JournalEntry, 'hash'>) }
    const line = `${JSON.stringify(entry)}\n`
    try {
      await this.handle.appendFile(line)
      await this.handle.datasync()
      this.bytes += Buffer.byteLength(line)
    } catch (error) {
      // The beginning of a line that did not fit would spoil the next one.
      await this.handle.truncate(this.bytes).catch(() => {})
      throw fail('storage', 'The journal could not be written, so nothing was sent.', {
        words: error instanceof Error ? error.message : String(error),
        try: ['Make room on the disk of this computer, then try again.']
      })
    }
    this.entries.push(entry)
    this.savedAt = entry.at
    return entry
  }

  async close(): Promise<void> {
    await this.queue
    await this.handle.close()
    await rm(this.lock, { force: true })
  }
}
