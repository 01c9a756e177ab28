import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ed25519Answer } from '../../src/main/mysql/auth-ed25519'
import { parsecAnswer, readParsecSalt } from '../../src/main/mysql/auth-parsec'

const publicKey = (raw: Buffer) =>
  createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]),
    format: 'der',
    type: 'spki'
  })
const challenge = (seed: number) => Buffer.from(Array.from({ length: 32 }, (_, at) => (seed * 37 + at * 11) % 256))

// What MariaDB 11.8 stored for these passwords in mysql.global_priv; the first stands in MariaDB's documentation.
const stored: [string, string][] = [
  ['secret', 'ZIgUREUg5PVgQ6LskhXmO+eZLS0nC8be6HPjYWR4YJY'],
  ['tést-pass ’word', '7XmLUDXJggdgFaavi4eIkkY1FKzHC0KTSljW3x00d3g']
]

describe('the answer to ed25519', () => {
  it.each(stored)('for the password %s is a signature by the key that the server stored', (password, key) => {
    for (let seed = 0; seed < 20; seed++) {
      const answer = ed25519Answer(password, challenge(seed))
      expect(answer).toHaveLength(64)
      expect(verify(null, challenge(seed), publicKey(Buffer.from(key, 'base64')), answer)).toBe(true)
      expect(verify(null, challenge(seed + 1), publicKey(Buffer.from(key, 'base64')), answer)).toBe(false)
    }
  })
})

describe('the answer to parsec', () => {
  // `P0:salt:key` as MariaDB 11.8 stored it
  const salt = { iterations: 1024, salt: Buffer.from('AAiB7XhhqURT9UFKp5dbY8p2', 'base64') }
  const key = publicKey(Buffer.from('Pq7b3J+RUdWFX9g9VJLYowy+ene27F0QpMdo/wrmw3o', 'base64'))

  it('is a challenge and a signature over both by the key that the server stored', async () => {
    const own = challenge(9)
    const answer = await parsecAnswer('tést-pass ’word', challenge(1), salt, own)
    expect(answer.subarray(0, 32)).toEqual(own)
    expect(verify(null, Buffer.concat([challenge(1), own]), key, answer.subarray(32))).toBe(true)
    const wrong = await parsecAnswer('another', challenge(1), salt, own)
    expect(verify(null, Buffer.concat([challenge(1), own]), key, wrong.subarray(32))).toBe(false)
  })

  it('brings a new challenge each time', async () => {
    const [one, two] = await Promise.all([parsecAnswer('x', challenge(1), salt), parsecAnswer('x', challenge(1), salt)])
    expect(one?.subarray(0, 32)).not.toEqual(two?.subarray(0, 32))
  })

  it('reads how the key is made, and nothing that would take minutes', () => {
    const told = (factor: number) => Buffer.concat([Buffer.from([0x50, factor]), salt.salt])
    expect(readParsecSalt(told(0))).toEqual(salt)
    expect(readParsecSalt(told(3))?.iterations).toBe(8192)
    expect(readParsecSalt(told(4))).toBeNull()
    expect(readParsecSalt(Buffer.concat([Buffer.from([0x51, 0]), salt.salt]))).toBeNull()
    expect(readParsecSalt(Buffer.from([0x50]))).toBeNull()
    expect(readParsecSalt(Buffer.concat([Buffer.from([0x50, 0]), Buffer.alloc(5000)]))).toBeNull()
  })
})
