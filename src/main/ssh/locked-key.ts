import { createPrivateKey, type KeyObject } from 'node:crypto'

export type OpenedKey =
  | { kind: 'opened'; key: KeyObject }
  | { kind: 'wrong-passphrase' }
  | { kind: 'unsupported'; words: string }

/**
 * Opens a PEM key that is locked by a passphrase. About one wrong passphrase in 200 decrypts to rubbish with valid
 * padding: OpenSSL then finds no decoder for the rubbish and BoringSSL cannot decode it, which is no unknown cipher.
 */
export const openLockedKey = (pem: string, passphrase: string): OpenedKey => {
  try {
    return { kind: 'opened', key: createPrivateKey({ key: pem, format: 'pem', passphrase }) }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    const unknownCipher = /unsupported|unknown/i.test(words) && !words.includes('DECODER routines')
    return unknownCipher ? { kind: 'unsupported', words } : { kind: 'wrong-passphrase' }
  }
}
