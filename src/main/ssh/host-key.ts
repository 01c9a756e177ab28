import { createHash } from 'node:crypto'

/** `SHA256:…` without padding, as ssh-keygen prints it. */
export const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`

/** The type named inside a public key blob, or null when the blob is not one. */
export const keyTypeOf = (key: Buffer): string | null => {
  if (key.length < 8) return null
  const length = key.readUInt32BE(0)
  if (length < 4 || length > 64 || key.length < 4 + length) return null
  const type = key.toString('latin1', 4, 4 + length)
  return /^[a-z0-9@.-]+$/i.test(type) ? type : null
}
