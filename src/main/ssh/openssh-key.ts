import { type KeyObject, randomBytes } from 'node:crypto'
import { wireCount, wireField, wireReader } from './wire'

const magic = Buffer.from('openssh-key-v1\0')
const begin = '-----BEGIN OPENSSH PRIVATE KEY-----'
const end = '-----END OPENSSH PRIVATE KEY-----'

/** A key in OpenSSH's own private key format (PROTOCOL.key), unencrypted, in memory only. `secretFields`: what follows the key's type in its secret part. */
export const opensshPrivateKey = (type: string, publicBlob: Buffer, secretFields: readonly Buffer[]): string => {
  const check = randomBytes(4)
  const secret = Buffer.concat([check, check, wireField(type), ...secretFields.map(wireField), wireField('')])
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1))
  const body = Buffer.concat([
    magic,
    wireField('none'),
    wireField('none'),
    wireField(''),
    wireCount(1),
    wireField(publicBlob),
    wireField(Buffer.concat([secret, padding]))
  ])
  return `${begin}\n${(body.toString('base64').match(/.{1,70}/g) ?? []).join('\n')}\n${end}\n`
}

/** An Ed25519 key that Node read: the SSH library reads no PKCS#8. */
export const opensshEd25519 = (key: KeyObject): string => {
  const jwk = key.export({ format: 'jwk' })
  const seed = Buffer.from(jwk.d ?? '', 'base64url')
  const point = Buffer.from(jwk.x ?? '', 'base64url')
  const publicBlob = Buffer.concat([wireField('ssh-ed25519'), wireField(point)])
  return opensshPrivateKey('ssh-ed25519', publicBlob, [point, Buffer.concat([seed, point])])
}

/** The public half that stands unencrypted in an OpenSSH key file, or null when this is none. */
export const publicBlobOf = (text: string): Buffer | null => {
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from < 0 || to < from) return null
  const body = Buffer.from(text.slice(from + begin.length, to), 'base64')
  if (!body.subarray(0, magic.length).equals(magic)) return null
  const reader = wireReader(body)
  reader.skip(magic.length)
  for (let skipped = 0; skipped < 3; skipped++) if (reader.field() === null) return null
  reader.skip(4)
  return reader.field()
}
