/** `*` and `?` as OpenSSH's match_pattern: linear, so that no pattern of a file can hang the app. */
export const matchPattern = (text: string, pattern: string): boolean => {
  let p = 0
  let t = 0
  let star = -1
  let mark = 0
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++
      mark = t
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++mark
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

/** A list with commas; a matching `!pattern` vetoes, and negated patterns alone never match. */
export const matchPatternList = (text: string, list: string, ignoreCase: boolean): boolean => {
  let matched = false
  for (const entry of (ignoreCase ? list.toLowerCase() : list).split(',')) {
    const negated = entry.startsWith('!')
    if (!matchPattern(text, negated ? entry.slice(1) : entry)) continue
    if (negated) return false
    matched = true
  }
  return matched
}

/** `Host` line: several patterns, case counts, a matching `!pattern` vetoes the block. */
export const matchHostLine = (host: string, patterns: readonly string[]): boolean => {
  let matched = false
  for (const pattern of patterns) {
    const negated = pattern.startsWith('!')
    if (!matchPattern(host, negated ? pattern.slice(1) : pattern)) continue
    if (negated) return false
    matched = true
  }
  return matched
}
