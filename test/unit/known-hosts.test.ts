import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hostKeyOrder } from '../../src/main/ssh/algorithms'
import { fingerprintOf } from '../../src/main/ssh/host-key'
import {
  hostKeyName,
  judgeHostKey,
  keepsNamesHashed,
  knownHostLine,
  knownHostName,
  knownKeyTypes,
  matchesPatterns,
  parseKnownHosts,
  withLine
} from '../../src/main/ssh/known-hosts'

const blob = (type: string, content: string): Buffer => {
  const field = (bytes: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return Buffer.concat([length, bytes])
  }
  return Buffer.concat([field(Buffer.from(type)), field(Buffer.from(content))])
}
const ed = blob('ssh-ed25519', 'key one')
const otherEd = blob('ssh-ed25519', 'key two')
const rsa = blob('ssh-rsa', 'key three')
const line = (patterns: string, key = ed, type = 'ssh-ed25519') => `${patterns} ${type} ${key.toString('base64')}`
const judge = (text: string, host: string, port = 22, key = ed) =>
  judgeHostKey(parseKnownHosts(text, 'known_hosts'), hostKeyName(host, port), key).kind
const hashed = (name: string) => {
  const salt = Buffer.alloc(20, 7)
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`
}

describe('known_hosts', () => {
  it.each([
    ['a plain name', line('db.example'), 'db.example', 22, 'known'],
    ['an upper-case name', line('db.example'), 'DB.Example', 22, 'known'],
    ['one of several names', line('x,db.example,10.0.0.1'), '10.0.0.1', 22, 'known'],
    ['another name', line('db.example'), 'db.example.org', 22, 'unknown'],
    ['a port of its own', line('[db.example]:2222'), 'db.example', 2222, 'known'],
    ['the plain name for another port', line('db.example'), 'db.example', 2222, 'known'],
    ['another key under the plain name', line('db.example', otherEd), 'db.example', 2222, 'unknown'],
    ['the plain name revoked', `@revoked ${line('db.example')}`, 'db.example', 2222, 'revoked'],
    ['the bracketed name for port 22', line('[db.example]:22'), 'db.example', 22, 'unknown'],
    ['a wildcard', line('*.example'), 'db.example', 22, 'known'],
    ['a question mark', line('db?.example'), 'db1.example', 22, 'known'],
    ['a question mark for two characters', line('db?.example'), 'db12.example', 22, 'unknown'],
    ['a wildcard with port', line('[*.example]:2222'), 'db.example', 2222, 'known'],
    ['a negated name', line('*.example,!db.example'), 'db.example', 22, 'unknown'],
    ['only a negation', line('!db.example'), 'web.example', 22, 'unknown'],
    ['a hashed name', line(hashed('db.example')), 'db.example', 22, 'known'],
    ['a hashed name with port', line(hashed('[db.example]:2222')), 'db.example', 2222, 'known'],
    ['a hashed other name', line(hashed('web.example')), 'db.example', 22, 'unknown'],
    ['a hash with a bad salt', line('|1|AAAA|AAAA'), 'db.example', 22, 'unknown'],
    ['an IPv6 address', line('2001:db8::1'), '2001:db8::1', 22, 'known'],
    ['a comment before', `# c\n  # d\n\n${line('db.example')} a comment`, 'db.example', 22, 'known'],
    ['tabs and carriage returns', line('db.example').replaceAll(' ', '\t').concat('\r\n'), 'db.example', 22, 'known'],
    ['a leading blank', `  ${line('db.example')}`, 'db.example', 22, 'known'],
    ['another key of the same type', line('db.example', otherEd), 'db.example', 22, 'changed'],
    ['a second line with this key', `${line('db.example', otherEd)}\n${line('db.example')}`, 'db.example', 22, 'known'],
    ['a key of another type only', line('db.example', rsa, 'ssh-rsa'), 'db.example', 22, 'unknown'],
    ['a revoked key', `@revoked ${line('*')}\n${line('db.example')}`, 'db.example', 22, 'revoked'],
    ['another host’s revoked key', `@revoked ${line('web.example')}\n${line('db.example')}`, 'db.example', 22, 'known'],
    ['a revoked other key', `@revoked ${line('*', otherEd)}\n${line('db.example')}`, 'db.example', 22, 'known'],
    ['a CA line', `@cert-authority ${line('*')}`, 'db.example', 22, 'certified'],
    ['a CA of another name', `@cert-authority ${line('*.test')}`, 'db.example', 22, 'unknown'],
    [
      'a CA line and this key',
      `@cert-authority ${line('*', otherEd)}\n${line('db.example')}`,
      'db.example',
      22,
      'known'
    ],
    [
      'a revoked CA key shown by the host',
      `@revoked ${line('*')}\n@cert-authority ${line('*')}`,
      'db.example',
      22,
      'revoked'
    ],
    ['an unknown marker', `@trusted ${line('db.example')}`, 'db.example', 22, 'unknown'],
    ['two markers', `@revoked @cert-authority ${line('db.example')}`, 'db.example', 22, 'unknown'],
    ['a type that is not the key’s', line('db.example', ed, 'ssh-rsa'), 'db.example', 22, 'unknown'],
    ['a damaged key', 'db.example ssh-ed25519 AAA*', 'db.example', 22, 'unknown'],
    ['an SSH-1 line', 'db.example 1024 35 12345', 'db.example', 22, 'unknown'],
    ['a NUL and other bytes', `\0\ufffd\n${line('db.example')}`, 'db.example', 22, 'known']
  ])('reads %s', (_title, text, host, port, verdict) => {
    expect(judge(text, host, port)).toBe(verdict)
  })

  it('matches a long pattern of stars without end', () => {
    expect(matchesPatterns(`${'*a'.repeat(2_000)}b`, 'a'.repeat(4_000))).toBe(false)
  })

  it('tells which other types a name is known by, and asks the host for those first', () => {
    const lines = parseKnownHosts(`${line('db.example', rsa, 'ssh-rsa')}\n@revoked ${line('db.example')}`, 'f')
    expect(knownKeyTypes(lines, hostKeyName('db.example', 22))).toEqual(['ssh-rsa'])
    expect(judgeHostKey(lines, hostKeyName('db.example', 22), otherEd)).toEqual({
      kind: 'unknown',
      otherTypes: ['ssh-rsa']
    })
    expect(hostKeyOrder(['ssh-rsa']).slice(0, 3)).toEqual(['rsa-sha2-512', 'rsa-sha2-256', 'ssh-ed25519'])
  })

  it('never offers SHA-1 host keys', () => {
    expect(hostKeyOrder([])).not.toContain('ssh-rsa')
  })

  it('tells where a key that changed stands', () => {
    const lines = parseKnownHosts(`# first\n${line('db.example', otherEd)}`, '/home/me/.ssh/known_hosts')
    const verdict = judgeHostKey(lines, hostKeyName('db.example', 22), ed)
    expect(verdict).toMatchObject({ kind: 'changed', lines: [{ file: '/home/me/.ssh/known_hosts', line: 2 }] })
  })

  it('adds a line at the end, whether or not the file ended with one', () => {
    const added = knownHostLine(knownHostName('DB.example', 2222), ed)
    expect(added).toBe(`[db.example]:2222 ssh-ed25519 ${ed.toString('base64')}`)
    expect(withLine('', added)).toBe(`${added}\n`)
    expect(withLine('a', added)).toBe(`a\n${added}\n`)
    expect(withLine('# a\r\n', added)).toBe(`# a\r\n${added}\n`)
    expect(judge(withLine('a', added), 'db.example', 2222)).toBe('known')
    expect(knownHostName('db.example', 22)).toBe('db.example')
  })

  it('looks an alias up as it is, without port, and nothing else', () => {
    const lines = parseKnownHosts(`${line('alias.example')}\n${line('[db.example]:2222', otherEd)}`, 'f')
    expect(judgeHostKey(lines, hostKeyName('db.example', 2222, 'Alias.Example'), ed).kind).toBe('known')
    expect(judgeHostKey(lines, hostKeyName('db.example', 2222, 'other'), otherEd).kind).toBe('unknown')
    expect(judgeHostKey(lines, hostKeyName('db.example', 2222), ed).kind).toBe('changed')
  })

  it('goes on hashing names in a file that hashes them', () => {
    const kept = parseKnownHosts(line(hashed('db.example')), 'f')
    expect(keepsNamesHashed(kept)).toBe(true)
    expect(keepsNamesHashed(parseKnownHosts(`${line(hashed('db.example'))}\n${line('web.example')}`, 'f'))).toBe(false)
    expect(keepsNamesHashed([])).toBe(false)
    const added = knownHostLine(knownHostName('web.example', 2222), ed, true)
    expect(added).toMatch(/^\|1\|[A-Za-z0-9+/]{27}=\|[A-Za-z0-9+/]{27}= ssh-ed25519 /)
    expect(judge(added, 'web.example', 2222)).toBe('known')
  })

  it('prints fingerprints as ssh-keygen does', () => {
    expect(fingerprintOf(Buffer.from(''))).toBe('SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU')
  })
})
