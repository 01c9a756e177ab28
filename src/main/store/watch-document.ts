import { type FSWatcher, unwatchFile, watch, watchFile } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { basename, dirname } from 'node:path'

/** An editor writes in several strokes, git removes and makes anew: looked at when it has been quiet this long. */
const quietMs = 200
const pollMs = 2_000

/** Tells that a document may have been written by somebody; reading it tells whether. Where the system cannot watch, it is looked at every two seconds. */
export const watchDocument = async (path: string, onMaybe: () => void): Promise<{ close(): void }> => {
  const target = await realpath(path).catch(() => path)
  let quiet: NodeJS.Timeout | undefined
  let polling = false
  let watcher: FSWatcher | null = null
  const stir = () => {
    clearTimeout(quiet)
    quiet = setTimeout(onMaybe, quietMs)
  }
  const poll = () => {
    if (polling) return
    polling = true
    watchFile(target, { interval: pollMs, persistent: false }, stir)
  }
  try {
    watcher = watch(dirname(target), { persistent: false }, (_kind, name) => {
      if (name === null || name === basename(target)) stir()
    })
    watcher.on('error', poll)
  } catch {
    poll()
  }
  return {
    close: () => {
      clearTimeout(quiet)
      watcher?.close()
      if (polling) unwatchFile(target, stir)
    }
  }
}
