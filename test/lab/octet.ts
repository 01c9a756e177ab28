import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { labFailure } from './processes'
import { cacheDir, registeredLabs } from './state'

const folder = (): string => join(cacheDir(), 'octets')
const all = Array.from({ length: 100 }, (_, index) => 77 + index)
/** From choosing its numbers to being registered a lab takes far less. */
const startingMs = 30_000

const holderOf = (path: string): { id: string; since: number } | null => {
  try {
    return { id: readFileSync(path, 'utf8'), since: statSync(path).mtimeMs }
  } catch {
    return null
  }
}

/** The second number of a lab's loopback addresses, its alone until it is forgotten: two labs may start in the same moment. */
export function takeOctet(id: string): number {
  mkdirSync(folder(), { recursive: true })
  const living = new Set(registeredLabs().map((lab) => lab.id))
  for (const octet of all) {
    const path = join(folder(), String(octet))
    const holder = holderOf(path)
    if (holder && !living.has(holder.id) && Date.now() - holder.since > startingMs) rmSync(path, { force: true })
    try {
      writeFileSync(path, id, { flag: 'wx' })
      return octet
    } catch {
      // somebody has it
    }
  }
  throw labFailure('A hundred labs are up.', 'take some down: npm run lab -- down --dir DIR')
}

/** Gives a lab's number back. */
export function leaveOctet(id: string): void {
  for (const octet of all) {
    const path = join(folder(), String(octet))
    if (holderOf(path)?.id === id) rmSync(path, { force: true })
  }
}
