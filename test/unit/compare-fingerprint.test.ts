import { describe, expect, it } from 'vitest'
import { compareFingerprint } from '../../src/renderer/parts/compare-fingerprint'

const fingerprint = 'SHA256:7Kq2vN4dxP0eZr8TmLw3cHy6Ua9BfSj1GtQ5oRk7iEs'

describe('a fingerprint compared by a person', () => {
  it.each([
    ['its last four characters', '7iEs'],
    ['the whole', fingerprint],
    ['the whole without its name', fingerprint.slice(7)],
    ['with padding and blanks of a mail', ` ${fingerprint.slice(7, 20)} ${fingerprint.slice(20)}=\n`],
    ['the line of ssh-keygen', `256 ${fingerprint} root@lis-db2 (ED25519)`]
  ])('is the same by %s', (_what, typed) => {
    expect(compareFingerprint(typed, fingerprint)).toBe('same')
  })

  it.each([
    ['four other characters', '7iET'],
    ['the first four', '7Kq2x'],
    ['letters of another case', '7ies'],
    ['a longer end', 'k7iEs'],
    ['another key’s line', '256 SHA256:7Kq2vN4dxP0eZr8TmLw3cHy6Ua9BfSj1GtQ5oRk7iEt root@lis-db2 (ED25519)']
  ])('is another by %s', (_what, typed) => {
    expect(compareFingerprint(typed, fingerprint)).toBe('other')
  })

  it.each(['', '7iE', '7Kq2', 'SHA256:7Kq2vN4d'])('is not decided by “%s”', (typed) => {
    expect(compareFingerprint(typed, fingerprint)).toBe('open')
  })
})
