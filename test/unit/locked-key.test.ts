import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openLockedKey } from '../../src/main/ssh/locked-key'

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const locked = privateKey
  .export({ type: 'sec1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'the right one' })
  .toString()

describe('a locked key', () => {
  it('is opened by its passphrase', () => {
    const opened = openLockedKey(locked, 'the right one')
    expect(opened.kind === 'opened' && opened.key.equals(privateKey)).toBe(true)
  })

  it('calls each wrong passphrase wrong, also the one in 200 that decrypts to well-padded rubbish', () => {
    const kinds = Array.from({ length: 4000 }, (_, index) => openLockedKey(locked, `wrong ${index}`).kind)
    expect([...new Set(kinds)]).toEqual(['wrong-passphrase'])
  })

  it('names a cipher that this computer’s OpenSSL no longer knows', () => {
    const desKey = locked.replace(/DEK-Info: .*/, 'DEK-Info: DES-CBC,0011223344556677')
    expect(openLockedKey(desKey, 'the right one')).toMatchObject({ kind: 'unsupported' })
  })
})
