import { readFile, stat } from 'node:fs/promises'
import { fail } from '../../shared/failure'
import { writeWhole } from './write-whole'

const limitBytes = 10 * 1024 * 1024

const storageFailure = (what: string, path: string, error: unknown) =>
  fail('storage', what, {
    where: path,
    words: error instanceof Error ? error.message : String(error),
    try: ['Check that the folder exists, that you may write to it, and that the disk is not full.']
  })

/** The text of a file of at most 10 MiB; null when it does not exist. */
export const readTextFile = async (path: string): Promise<string | null> => {
  try {
    const found = await stat(path)
    if (!found.isFile())
      throw fail('invalid', 'This is not a file.', { where: path, try: ['Choose the move file itself.'] })
    if (found.size > limitBytes)
      throw fail('invalid', `The file is ${Math.round(found.size / 1048576)} MB; a move is at most 10 MB.`, {
        where: path,
        try: ['Choose the move file itself, not a dump or an archive.']
      })
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    if (error instanceof Error && error.name === 'FailureError') throw error
    throw storageFailure('The file cannot be read.', path, error)
  }
}

/** Parses the text of a document. Rejects with kind 'invalid' when it is not JSON. */
export const parseJson = (text: string, path: string): unknown => {
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

/** Parses a JSON file of at most 10 MiB; null when it does not exist. Rejects with kind 'invalid' when it is not JSON. */
export const readJsonFile = async (path: string): Promise<unknown> => {
  const text = await readTextFile(path)
  return text === null ? null : parseJson(text, path)
}

/** Writes a text whole or not at all (temporary file, fsync, rename), readable by its owner only. */
export const writeTextFile = async (path: string, text: string): Promise<void> => {
  try {
    await writeWhole(path, text)
  } catch (error) {
    throw storageFailure('The file could not be saved; the old version is kept.', path, error)
  }
}

/** Writes a document as indented JSON, whole or not at all. */
export const writeJsonFile = (path: string, document: unknown): Promise<void> =>
  writeTextFile(path, `${JSON.stringify(document, null, 2)}\n`)
