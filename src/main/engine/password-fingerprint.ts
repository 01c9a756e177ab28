import { createHash, randomBytes } from 'node:crypto'

/** Of an account that has no password. */
const none = 'print:none'

/**
 * What a snapshot keeps of a password's hash: 16 bits of it, hashed again with a salt of its own. A changed password shows,
 * but for one in 65 536; whoever has the file finds as many passwords that fit as there are guesses to the 65 536th.
 */
export const fingerprintOf = (proof: string, salt = randomBytes(8).toString('hex')): string =>
  proof === '' ? none : `print:${salt}:${createHash('sha256').update(`${salt} ${proof}`).digest('hex').slice(0, 4)}`

/** The fingerprint of another hash in the manner of a kept one, so that both are the same when the password is; '' when nothing was kept. */
export const fingerprintLike = (kept: string, proof: string): string => {
  if (!kept.startsWith('print:')) return ''
  const [, salt = ''] = kept.split(':')
  return kept === none ? fingerprintOf(proof) : fingerprintOf(proof, salt)
}
