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

/** Every way in which a text may stand somewhere: as it is, in URLs, in JSON, hex, UTF-16 and base64 at each of its three offsets. */
export const formsOf = (value: string): string[] => {
  const bytes = Buffer.from(value)
  const base64 = [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    // What a neighbour would change is left out at both ends.
    const inner = text.slice(offset === 0 ? 0 : offset + 1, (bytes.length + offset) % 3 === 0 ? undefined : -1)
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_'), encodeURIComponent(inner)]
  })
  const hex = bytes.toString('hex')
  return [
    ...new Set([
      ...[value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), hex, hex.toUpperCase()],
      ...[Buffer.from(value, 'utf16le').toString('latin1'), [...value].reverse().join(''), ...base64]
    ])
  ]
}

/** Looks at the command lines and environments of all processes of this computer until it is stopped; answers where it saw which. */
export const watchProcesses = (
  words: ReadonlyMap<string, string>,
  everyMs = 60
): (() => { seen: string[]; looks: number }) => {
  const seen = new Set<string>()
  let looks = 0
  const look = () => {
    looks += 1
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
      for (const part of ['cmdline', 'environ']) {
        let text = ''
        try {
          text = readFileSync(`/proc/${pid}/${part}`, 'latin1')
        } catch {
          continue // it has ended meanwhile
        }
        for (const [word, name] of words) if (text.includes(word)) seen.add(`${name} in ${part} of ${readComm(pid)}`)
      }
  }
  const timer = setInterval(look, everyMs)
  return () => {
    clearInterval(timer)
    look()
    return { seen: [...seen], looks }
  }
}

const readComm = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch {
    return pid
  }
}

/** Where one of the words stands in the files below a folder: `name of the secret: path`. Pipes and sockets are passed by. */
export const findingsBelow = (folder: string, words: ReadonlyMap<string, string>): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name)
      const text = readFileSync(path, 'latin1')
      return [...words]
        .filter(([word]) => text.includes(word) || path.includes(word))
        .map(([, name]) => `${name}: ${path}`)
    })

/** Files below a folder that hold one of the words. */
export const filesWith = (folder: string, words: string[]): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const text = readFileSync(path, 'latin1')
      return words.some((word) => text.includes(word))
    })
