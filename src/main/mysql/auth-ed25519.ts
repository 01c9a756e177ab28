import { createHash } from 'node:crypto'
import { Point } from '@noble/ed25519'

/** Order of the base point (RFC 8032, 5.1). */
const order = 2n ** 252n + 27742317777372353535851937790883648493n

const sha512 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha512')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)

const bytesOf = (number: bigint): Buffer => Buffer.from(number.toString(16).padStart(64, '0'), 'hex').reverse()

/** The scalar multiple of the base point, also for a scalar that is 0 modulo the order. */
const pointOf = (scalar: bigint): Uint8Array => (scalar === 0n ? Point.ZERO : Point.BASE.multiply(scalar)).toBytes()

/**
 * The 64-byte answer to MariaDB's `client_ed25519`: a signature as in RFC 8032, except that the password itself, of any
 * length, stands where the 32-byte seed would (mariadb.com/docs, “Authentication Plugin – ed25519”).
 */
export const ed25519Answer = (password: string, challenge: Uint8Array): Buffer => {
  const expanded = sha512(Buffer.from(password, 'utf8'))
  const head = Buffer.from(expanded.subarray(0, 32))
  head[0] = (head[0] ?? 0) & 0xf8
  head[31] = ((head[31] ?? 0) & 0x7f) | 0x40
  const scalar = numberOf(head) % order
  const key = pointOf(scalar)
  const nonce = numberOf(sha512(expanded.subarray(32), challenge)) % order
  const commitment = pointOf(nonce)
  const hash = numberOf(sha512(commitment, key, challenge)) % order
  return Buffer.concat([commitment, bytesOf((nonce + hash * scalar) % order)])
}
