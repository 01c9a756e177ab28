import { readdir, stat } from 'node:fs/promises'
import { join, parse, sep } from 'node:path'

const magic = /[*?[]/

/** One path segment as glob(3) reads it; a leading dot is only matched by a dot. */
const segmentPattern = (segment: string): RegExp => {
  let source = segment.startsWith('.') ? '' : '(?!\\.)'
  for (let at = 0; at < segment.length; at++) {
    const char = segment[at] as string
    const end = char === '[' ? segment.indexOf(']', at + 2) : -1
    if (end > 0) {
      const body = segment.slice(at + 1, end)
      const negated = /^[!^]/.test(body)
      source += `[${negated ? '^' : ''}${(negated ? body.slice(1) : body).replace(/[\\\]]/g, '\\$&')}]`
      at = end
    } else if (char === '*') source += '[^/]*'
    else if (char === '?') source += '[^/]'
    else source += char.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  }
  return new RegExp(`^${source.replace(/(\[\^\/\]\*)+/g, '[^/]*')}$`, 'u')
}

/** Files an absolute path with wildcards stands for, in byte order; nothing found is an empty list. */
export const expandGlob = async (pattern: string): Promise<string[]> => {
  const { root } = parse(pattern)
  let found = [root]
  for (const segment of pattern.slice(root.length).split(/[/\\]/).join(sep).split(sep).filter(Boolean)) {
    if (!magic.test(segment)) {
      found = found.map((base) => join(base, segment))
      continue
    }
    const expression = segmentPattern(segment)
    const lists = await Promise.all(
      found.map(async (base) => {
        const names = await readdir(base).catch(() => [])
        return names
          .filter((name) => expression.test(name))
          .sort()
          .map((name) => join(base, name))
      })
    )
    found = lists.flat()
  }
  const there = await Promise.all(
    found.map((path) =>
      stat(path).then(
        () => true,
        () => false
      )
    )
  )
  return found.filter((_, index) => there[index])
}
