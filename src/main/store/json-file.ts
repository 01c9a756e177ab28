import { mkdir, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { fail } from '../../shared/failure'

const limitBytes = 10 * 1024 * 1024

const storageFailure = (what: string, path: string, error: unknown) =>
  fail('storage', what, {
    where: path,
    words: error instanceof Error ? error.message : String(error),
    try: ['Check that the folder exists, that you may write to it, and that the disk is not full.']
  })

/** Parses a JSON file of at most 10 MiB; null when it does not exist. Rejects with kind 'invalid' when it is not JSON. */
export const readJsonFile = async (path: string): Promise<unknown> => {
  let text: string
  try {
    const { size } = await stat(path)
    if (size > limitBytes)
      throw fail('invalid', `The file is ${Math.round(size / 1048576)} MB; a move is at most 10 MB.`, {
        where: path,
        try: ['Choose the move file itself, not a dump or an archive.']
      })
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    if (error instanceof Error && error.name === 'FailureError') throw error
    throw storageFailure('The file cannot be read.', path, error)
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw fail('invalid', 'The file is not complete JSON.', {
      where: path,
      words: error instanceof Error ? error.message : String(error),
      try: ['Nothing was changed. Use an undamaged copy: earlier versions of a move are in its folder under backups.']
    })
  }
}

/** Writes a document whole or not at all (temporary file, fsync, rename), readable by its owner only. */
export const writeJsonFile = async (path: string, document: unknown): Promise<void> => {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeFileAtomic(path, `${JSON.stringify(document, null, 2)}\n`, { mode: 0o600, fsync: true })
  } catch (error) {
    throw storageFailure('The file could not be saved; the old version is kept.', path, error)
  }
}
