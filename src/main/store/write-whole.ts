import { randomBytes } from 'node:crypto'
import { mkdir, open, realpath, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A rename is only durable when its folder is; where a folder cannot be synced (Windows), the system sees to it. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => {})
  await handle?.close()
}

/**
 * Puts a text in the place of a file whole or not at all, readable by its owner only unless told otherwise; a link is
 * followed, so that it stays one.
 * Ours because write-file-atomic asks for one write and does not look how much of it was done: on a disk with a little
 * room left it renames the beginning of a document over the whole one.
 */
export const writeWhole = async (path: string, text: string, mode = 0o600): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const target = await realpath(path).catch(() => path)
  const beside = `${target}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const handle = await open(beside, 'wx', mode)
    try {
      await handle.writeFile(text)
      // The process's own mask does not count: the file keeps what it had.
      await handle.chmod(mode)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(beside, target)
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {})
    throw error
  }
  await syncFolder(dirname(target))
}
