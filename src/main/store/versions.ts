import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readTextFile, writeTextFile } from './json-file'

const keptVersions = 20
const versionName = /^(\d{1,16})\.json$/

/** An earlier text of a document, and when it had been written. */
export interface Version {
  id: string
  savedAt: number
  text: string
}

const idsIn = async (folder: string): Promise<string[]> => {
  const names = await readdir(folder).catch(() => [])
  return names.flatMap((name) => versionName.exec(name)?.[1] ?? []).sort((a, b) => Number(a) - Number(b))
}

/** Keeps a text among the last twenty versions of a folder; false when the newest one is equal. Rejects with kind 'storage'. */
export const keepVersion = async (folder: string, text: string, savedAt: number): Promise<boolean> => {
  const ids = await idsIn(folder)
  const newest = ids.at(-1)
  if (newest !== undefined && (await readTextFile(join(folder, `${newest}.json`)).catch(() => null)) === text)
    return false
  // Two versions of one moment keep their order.
  const id = String(Math.max(Math.floor(savedAt), Number(newest ?? 0) + 1))
  await writeTextFile(join(folder, `${id}.json`), text)
  const old = [...ids, id].slice(0, -keptVersions)
  await Promise.all(old.map((name) => rm(join(folder, `${name}.json`), { force: true })))
  return true
}

/** The same for a file as it lies on disk now; false also when there is none. */
export const keepVersionOf = async (folder: string, path: string): Promise<boolean> => {
  const text = await readTextFile(path)
  return text === null ? false : keepVersion(folder, text, (await stat(path)).mtimeMs)
}

/** The kept versions, newest first; one that cannot be read is left out. */
export const versionsIn = async (folder: string): Promise<Version[]> => {
  const read = (await idsIn(folder)).reverse().map(async (id): Promise<Version[]> => {
    const text = await readTextFile(join(folder, `${id}.json`)).catch(() => null)
    return text === null ? [] : [{ id, savedAt: Number(id), text }]
  })
  return (await Promise.all(read)).flat()
}

/** One kept version, or null when it is not there any more. */
export const versionText = async (folder: string, id: string): Promise<string | null> =>
  versionName.test(`${id}.json`) ? readTextFile(join(folder, `${id}.json`)) : null
