import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRunning, thisProcess, until } from './processes'

/**
 * Makes a folder of the cache exactly once, also when several labs want it at the same time: `make` fills a fresh
 * folder, which then takes its place in one rename.
 */
export async function onceAcrossProcesses(path: string, make: (fresh: string) => Promise<void>): Promise<void> {
  const lock = `${path}.lock`
  mkdirSync(join(path, '..'), { recursive: true })
  const mine = await until(() => existsSync(path) || takeLock(lock), 600_000, `another lab makes ${path}`, 200)
  if (mine !== 'taken') return
  const fresh = `${path}.fresh`
  try {
    if (existsSync(path)) return // it was finished while this one took the lock
    rmSync(fresh, { recursive: true, force: true })
    mkdirSync(fresh, { recursive: true })
    await make(fresh)
    renameSync(fresh, path)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
    rmSync(lock, { force: true })
  }
}

function takeLock(lock: string): 'taken' | false {
  try {
    writeFileSync(lock, JSON.stringify(thisProcess('lock')), { flag: 'wx' })
    return 'taken'
  } catch {
    const age = statSync(lock, { throwIfNoEntry: false })?.mtimeMs
    try {
      const holder = JSON.parse(readFileSync(lock, 'utf8')) as { pid: number; startTicks: string }
      if (!isRunning(holder)) rmSync(lock, { force: true })
    } catch {
      // half-written by a program that was ended
      if (age !== undefined && Date.now() - age > 10_000) rmSync(lock, { force: true })
    }
    return false
  }
}
