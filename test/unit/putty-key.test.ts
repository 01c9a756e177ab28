import { readFileSync } from 'node:fs'
import ssh2, { type ParsedKey } from 'ssh2'
import { describe, expect, it } from 'vitest'
import { openPuttyKey, parsePuttyKey } from '../../src/main/ssh/putty-key'

// Made by puttygen 0.78; the encrypted ones open with these words.
const phrase = 'open sesame'
const textOf = (name: string) => readFileSync(new URL(`putty-keys/${name}`, import.meta.url), 'utf8')
const keyOf = (text: string) => {
  const key = parsePuttyKey(text)
  if (!key) throw new Error('not a PuTTY key')
  return key
}
const parsed = (text: string): ParsedKey => {
  const key: unknown = ssh2.utils.parseKey(text)
  if (key instanceof Error) throw key
  return (Array.isArray(key) ? key[0] : key) as ParsedKey
}

describe('PuTTY keys', () => {
  it.each([
    ['RSA, version 2, encrypted', 'rsa-v2-enc', true],
    ['ECDSA, version 2', 'ecdsa-v2', false],
    ['Ed25519, version 2, encrypted', 'ed25519-v2-enc', true],
    ['RSA, version 3', 'rsa-v3', false],
    ['ECDSA, version 3, Argon2id', 'ecdsa-v3-enc', true],
    ['Ed25519, version 3, Argon2i', 'ed25519-v3-argon2i', true],
    ['Ed25519, version 3, Argon2d', 'ed25519-v3-argon2d', true]
  ])('open: %s', async (_title, name, encrypted) => {
    const text = textOf(`${name}.ppk`)
    const opened = await openPuttyKey(keyOf(text), encrypted ? phrase : null)
    if (opened.kind !== 'opened') throw new Error(opened.kind)
    const key = parsed(opened.openssh)
    expect(`${key.type} ${key.getPublicSSH().toString('base64')}`).toBe(textOf(`${name}.pub`).trim())
    const message = Buffer.from('to be signed')
    expect(key.verify(message, key.sign(message))).toBe(true)
    if (encrypted) {
      expect(await openPuttyKey(keyOf(text), 'wrong')).toEqual({ kind: 'wrong-passphrase' })
      expect(await openPuttyKey(keyOf(text), null)).toEqual({ kind: 'needs-passphrase' })
    }
    // as a Windows editor leaves it
    expect(keyOf(text.replaceAll('\n', '\r\n')).publicBlob).toEqual(keyOf(text).publicBlob)
  })

  it('are refused when a byte of them was changed', async () => {
    const text = textOf('rsa-v3.ppk')
    const other = text.replace('Comment: test rsa', 'Comment: other rsa')
    expect(await openPuttyKey(keyOf(other), null)).toEqual({ kind: 'unusable', why: 'It is damaged or was changed.' })
    expect(parsePuttyKey(text.slice(0, text.indexOf('Private-MAC')))).toBeNull()
    expect(parsePuttyKey('hello')).toBeNull()
  })

  it('cannot make the app work for hours, and unknown kinds are named', async () => {
    const text = textOf('ecdsa-v3-enc.ppk')
    const greedy = { kind: 'unusable', why: 'Its key derivation asks for more work than any real key does.' }
    for (const [from, to] of [
      ['Argon2-Memory: 512', 'Argon2-Memory: 999999999'],
      ['Argon2-Passes: 3', 'Argon2-Passes: 2000000000'],
      ['Argon2-Passes: 3', 'Argon2-Passes: 0'],
      ['Argon2-Parallelism: 1', 'Argon2-Parallelism: x']
    ] as const)
      expect(await openPuttyKey(keyOf(text.replace(from, to)), phrase)).toEqual(greedy)
    expect(await openPuttyKey(keyOf(text.replace('Argon2id', 'Argon2x')), phrase)).toEqual({
      kind: 'unusable',
      why: 'Its key derivation Argon2x is not known.'
    })
    expect(await openPuttyKey(keyOf(text.replace('aes256-cbc', 'rot13')), phrase)).toEqual({
      kind: 'unusable',
      why: 'Its encryption rot13 is not known.'
    })
    expect(await openPuttyKey(keyOf(text.replace('ecdsa-sha2-nistp256', 'ssh-dss')), phrase)).toEqual({
      kind: 'unusable',
      why: 'Keys of type ssh-dss are not supported.'
    })
  })
})
