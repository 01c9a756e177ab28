import { createHmac, timingSafeEqual } from 'node:crypto'
import { keyTypeOf } from './host-key'

/** One usable line of a known_hosts file; what cannot be read is left out, as OpenSSH does. */
export interface KnownHostLine {
  file: string
  line: number
  marker: 'cert-authority' | 'revoked' | null
  patterns: string
  keyType: string
  key: Buffer
}

export type HostKeyVerdict =
  | { kind: 'known'; line: KnownHostLine }
  | { kind: 'unknown'; otherTypes: string[] }
  | { kind: 'changed'; lines: KnownHostLine[] }
  | { kind: 'revoked'; line: KnownHostLine }

/** The name a key is looked up by: lower case, `[host]:port` when the port is not 22. */
export const knownHostName = (host: string, port: number): string => {
  const name = host.toLowerCase()
  return port === 22 ? name : `[${name}]:${port}`
}

/** Reads the lines of one known_hosts file. */
export const parseKnownHosts = (text: string, file: string): KnownHostLine[] => {
  const lines: KnownHostLine[] = []
  for (const [index, raw] of text.split('\n').entries()) {
    const fields = raw.trim().split(/[ \t]+/)
    const first = fields[0] ?? ''
    if (first === '' || first.startsWith('#')) continue
    const marker = first === '@revoked' ? 'revoked' : first === '@cert-authority' ? 'cert-authority' : null
    // An unknown marker makes the line unusable; a line that only looks known must never count.
    if (first.startsWith('@') && marker === null) continue
    const [patterns, keyType, blob] = marker ? fields.slice(1) : fields
    if (!patterns || !keyType || !blob || patterns.startsWith('@') || /[^A-Za-z0-9+/=]/.test(blob)) continue
    const key = Buffer.from(blob, 'base64')
    if (keyTypeOf(key) !== keyType) continue
    lines.push({ file, line: index + 1, marker, patterns, keyType, key })
  }
  return lines
}

const matchesHashed = (pattern: string, name: string): boolean => {
  const [, version, salt, digest, ...rest] = pattern.split('|')
  if (version !== '1' || !salt || !digest || rest.length > 0) return false
  const saltBytes = Buffer.from(salt, 'base64')
  const expected = Buffer.from(digest, 'base64')
  if (saltBytes.length !== 20 || expected.length !== 20) return false
  return timingSafeEqual(createHmac('sha1', saltBytes).update(name).digest(), expected)
}

const matchesWildcard = (pattern: string, name: string): boolean => {
  // Linear two-pointer match: a pattern from a file must not be able to hang a regular expression.
  let p = 0
  let n = 0
  let star = -1
  let mark = 0
  while (n < name.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p++
      mark = n
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
      p++
      n++
    } else if (star >= 0) {
      p = star + 1
      n = ++mark
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

/** Whether a line's host patterns speak of this name; a matching `!pattern` vetoes the whole line. */
export const matchesPatterns = (patterns: string, name: string): boolean => {
  if (patterns.startsWith('|')) return matchesHashed(patterns, name)
  let matched = false
  for (const raw of patterns.split(',')) {
    const negated = raw.startsWith('!')
    const pattern = (negated ? raw.slice(1) : raw).toLowerCase()
    if (pattern === '' || !matchesWildcard(pattern, name)) continue
    if (negated) return false
    matched = true
  }
  return matched
}

const linesFor = (lines: readonly KnownHostLine[], host: string, port: number): KnownHostLine[] => {
  const name = knownHostName(host, port)
  return lines.filter((line) => matchesPatterns(line.patterns, name))
}

/** Key types this host is known by, for the order of the offered algorithms. */
export const knownKeyTypes = (lines: readonly KnownHostLine[], host: string, port: number): string[] => [
  ...new Set(
    linesFor(lines, host, port)
      .filter((line) => line.marker === null)
      .map((line) => line.keyType)
  )
]

/**
 * OpenSSH's judgement: revoked anywhere is final, one matching line with this key makes it known, another key of the
 * same type makes it changed. Lines of other types alone leave it unknown; the dialog then says that they exist.
 */
export const judgeHostKey = (
  lines: readonly KnownHostLine[],
  host: string,
  port: number,
  key: Buffer
): HostKeyVerdict => {
  const mine = linesFor(lines, host, port)
  const same = (line: KnownHostLine) => line.key.equals(key)
  const revoked = mine.find((line) => line.marker === 'revoked' && same(line))
  if (revoked) return { kind: 'revoked', line: revoked }
  const plain = mine.filter((line) => line.marker === null)
  const known = plain.find(same)
  if (known) return { kind: 'known', line: known }
  const changed = plain.filter((line) => line.keyType === keyTypeOf(key))
  if (changed.length > 0) return { kind: 'changed', lines: changed }
  return { kind: 'unknown', otherTypes: [...new Set(plain.map((line) => line.keyType))] }
}

/** The line that makes a key known. */
export const knownHostLine = (host: string, port: number, key: Buffer): string =>
  `${knownHostName(host, port)} ${keyTypeOf(key) ?? 'ssh-unknown'} ${key.toString('base64')}`

/** The file's text with one line added at its end; nothing else moves. */
export const withLine = (text: string, line: string): string =>
  `${text === '' || text.endsWith('\n') ? text : `${text}\n`}${line}\n`
