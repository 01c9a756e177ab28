import { createPrivateKey, pbkdf2, randomBytes, sign } from 'node:crypto'
import { promisify } from 'node:util'

const pbkdf2Async = promisify(pbkdf2)
/** DER of an Ed25519 private key up to its 32 bytes (RFC 8410, 7). */
const privateKeyHead = Buffer.from('302e020100300506032b657004220420', 'hex')
const challengeBytes = 32
/** 1024 × 2^this; the server allows no more, and a hostile one must not keep this computer busy. */
const maxFactor = 3

/** How the server wants the key derived from the password. */
export interface ParsecSalt {
  iterations: number
  salt: Buffer
}

/** Reads `P`, the iteration factor and the salt, or null when it is something else. */
export const readParsecSalt = (bytes: Buffer): ParsecSalt | null => {
  const factor = bytes[1]
  if (bytes[0] !== 0x50 || factor === undefined || factor > maxFactor || bytes.length < 2 + 8 || bytes.length > 2 + 64)
    return null
  return { iterations: 1024 << factor, salt: Buffer.from(bytes.subarray(2)) }
}

/**
 * The answer to MariaDB's `parsec`: a challenge of our own and the signature over both, with a key derived from the
 * password by PBKDF2 (mariadb.com/docs, “Authentication Plugin – PARSEC”).
 */
export const parsecAnswer = async (
  password: string,
  challenge: Uint8Array,
  { iterations, salt }: ParsecSalt,
  ownChallenge: Buffer = randomBytes(challengeBytes)
): Promise<Buffer> => {
  const seed = await pbkdf2Async(password, salt, iterations, 32, 'sha512')
  const key = createPrivateKey({ key: Buffer.concat([privateKeyHead, seed]), format: 'der', type: 'pkcs8' })
  const signature = sign(null, Buffer.concat([challenge.subarray(0, challengeBytes), ownChallenge]), key)
  return Buffer.concat([ownChallenge, signature])
}
