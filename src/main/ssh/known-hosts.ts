import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { keyTypeOf } from './host-key'
import { matchPatternList } from './match-pattern'

/** What a host's key is looked up by. */
export interface HostKeyName {
  /** `[host]:port` or the alias. */
  exact: string
  /** The bare host of another port than 22: a key known by it counts as known, as in OpenSSH, and nothing else about it does. */
  bare: string | null
}

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
  /** Only a certificate authority vouches for this name, and the SSH library cannot ask for host certificates. */
  | { kind: 'certified'; lines: KnownHostLine[] }
  | { kind: 'changed'; lines: KnownHostLine[] }
  | { kind: 'revoked'; line: KnownHostLine }

/** The name a key is looked up by: lower case, `[host]:port` when the port is not 22. */
export const knownHostName = (host: string, port: number): string => {
  const name = host.toLowerCase()
  return port === 22 ? name : `[${name}]:${port}`
}

/** The names a host's key is looked up by: its alias alone, or host with port. */
export const hostKeyName = (host: string, port: number, alias?: string): HostKeyName => ({
  exact: alias === undefined ? knownHostName(host, port) : alias.toLowerCase(),
  bare: alias === undefined && port !== 22 ? host.toLowerCase() : null
})

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

/** Whether a line's host patterns speak of this name; a matching `!pattern` vetoes the whole line. */
export const matchesPatterns = (patterns: string, name: string): boolean => {
  if (patterns.startsWith('|')) return matchesHashed(patterns, name)
  return matchPatternList(name, patterns, true)
}

const linesFor = (lines: readonly KnownHostLine[], name: string | null): KnownHostLine[] =>
  name === null ? [] : lines.filter((line) => matchesPatterns(line.patterns, name))

const plainTypes = (lines: readonly KnownHostLine[]): string[] => [
  ...new Set(lines.filter((line) => line.marker === null).map((line) => line.keyType))
]

/** Key types this host is known by, for the order of the offered algorithms. */
export const knownKeyTypes = (lines: readonly KnownHostLine[], name: HostKeyName): string[] => {
  const exact = plainTypes(linesFor(lines, name.exact))
  return exact.length > 0 ? exact : plainTypes(linesFor(lines, name.bare))
}

/**
 * OpenSSH's judgement: revoked anywhere is final, one matching line with this key makes it known, another key of the
 * same type makes it changed. Lines of other types alone leave it unknown; the dialog then says that they exist.
 */
export const judgeHostKey = (lines: readonly KnownHostLine[], name: HostKeyName, key: Buffer): HostKeyVerdict => {
  const mine = linesFor(lines, name.exact)
  const bare = linesFor(lines, name.bare)
  const same = (line: KnownHostLine) => line.key.equals(key)
  const revoked = [...mine, ...bare].find((line) => line.marker === 'revoked' && same(line))
  if (revoked) return { kind: 'revoked', line: revoked }
  const plain = mine.filter((line) => line.marker === null)
  const known = plain.find(same)
  if (known) return { kind: 'known', line: known }
  const changed = plain.filter((line) => line.keyType === keyTypeOf(key))
  if (changed.length > 0) return { kind: 'changed', lines: changed }
  const elsewhere = bare.find((line) => line.marker === null && same(line))
  if (elsewhere) return { kind: 'known', line: elsewhere }
  const authorities = mine.filter((line) => line.marker === 'cert-authority')
  if (plain.length === 0 && authorities.length > 0) return { kind: 'certified', lines: authorities }
  return { kind: 'unknown', otherTypes: plainTypes(mine) }
}

const hashedName = (name: string): string => {
  const salt = randomBytes(20)
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`
}

/** Whether a file keeps its names hashed (`HashKnownHosts`): some are, and no host stands there in the clear. */
export const keepsNamesHashed = (lines: readonly KnownHostLine[]): boolean => {
  const plain = lines.filter((line) => line.marker === null)
  return plain.length > 0 && plain.every((line) => line.patterns.startsWith('|'))
}

/** The line that makes a key known. */
export const knownHostLine = (name: string, key: Buffer, hashed = false): string =>
  `${hashed ? hashedName(name) : name} ${keyTypeOf(key) ?? 'ssh-unknown'} ${key.toString('base64')}`

/** The file's text with one line added at its end; nothing else moves. */
export const withLine = (text: string, line: string): string =>
  `${text === '' || text.endsWith('\n') ? text : `${text}\n`}${line}\n`
