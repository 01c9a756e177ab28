import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Looks at the command lines of all processes of this computer until it is stopped; answers which words it saw there. */
export const watchCommandLines = (words: string[]): (() => string[]) => {
  const seen = new Set<string>()
  const look = () => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      let line = ''
      try {
        line = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      } catch {
        continue // it has ended meanwhile
      }
      for (const word of words) if (line.includes(word)) seen.add(`${word} in ${line.replaceAll('\0', ' ')}`)
    }
  }
  const timer = setInterval(look, 100)
  return () => {
    clearInterval(timer)
    look()
    return [...seen]
  }
}

/** Files below a folder that hold one of the words. */
export const filesWith = (folder: string, words: string[]): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const text = readFileSync(path, 'latin1')
      return words.some((word) => text.includes(word))
    })
