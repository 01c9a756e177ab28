import { createHmac, timingSafeEqual } from 'node:crypto'
import { fail } from '../../shared/failure'
import { nameToWire, recordClasses, recordToWire, recordTypes, skipName } from './wire'

/** A TSIG key (RFC 8945). `secret` is base64 as key files hold it. */
export interface TsigKey {
  name: string
  algorithm: 'hmac-sha256' | 'hmac-sha512'
  secret: string
}

const fudgeSeconds = 300
const hash = (key: TsigKey): string => (key.algorithm === 'hmac-sha256' ? 'sha256' : 'sha512')

const time48 = (seconds: number): Buffer => {
  const bytes = Buffer.alloc(6)
  bytes.writeUIntBE(seconds, 0, 6)
  return bytes
}

/** The TSIG variables of the digest: key name, class ANY, TTL 0, algorithm, time, fudge, error, other data. */
const variables = (key: TsigKey, time: Buffer, fudge: number, error: number, other: Buffer): Buffer => {
  const head = Buffer.alloc(6)
  head.writeUInt16BE(recordClasses.ANY, 0)
  const tail = Buffer.alloc(6)
  tail.writeUInt16BE(fudge, 0)
  tail.writeUInt16BE(error, 2)
  tail.writeUInt16BE(other.length, 4)
  return Buffer.concat([nameToWire(key.name), head, nameToWire(key.algorithm), time, tail, other])
}

const withLength = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length, 0)
  return Buffer.concat([length, bytes])
}

/** The message with a TSIG record appended; `mac` is needed to check the answer. */
export const signMessage = (message: Buffer, key: TsigKey, atSeconds: number): { message: Buffer; mac: Buffer } => {
  const time = time48(atSeconds)
  const mac = createHmac(hash(key), Buffer.from(key.secret, 'base64'))
    .update(message)
    .update(variables(key, time, fudgeSeconds, 0, Buffer.alloc(0)))
    .digest()
  const fudge = Buffer.alloc(2)
  fudge.writeUInt16BE(fudgeSeconds, 0)
  const tail = Buffer.alloc(6)
  message.copy(tail, 0, 0, 2)
  const data = Buffer.concat([nameToWire(key.algorithm), time, fudge, withLength(mac), tail])
  const record = recordToWire({ name: key.name, type: recordTypes.TSIG, class: recordClasses.ANY, ttl: 0, data })
  const signed = Buffer.concat([message, record])
  signed.writeUInt16BE(message.readUInt16BE(10) + 1, 10)
  return { message: signed, mac }
}

/** Where the last record of a message starts; null when it has none. */
const lastRecord = (message: Buffer): { start: number; dataAt: number; type: number } | null => {
  let at = 12
  for (let left = message.readUInt16BE(4); left > 0; left--) at = skipName(message, at) + 4
  let found: { start: number; dataAt: number; type: number } | null = null
  for (let left = message.readUInt16BE(6) + message.readUInt16BE(8) + message.readUInt16BE(10); left > 0; left--) {
    const start = at
    const fixed = skipName(message, at)
    found = { start, dataAt: fixed + 10, type: message.readUInt16BE(fixed) }
    at = fixed + 10 + message.readUInt16BE(fixed + 8)
  }
  return found
}

const tsigErrors: Record<number, string> = { 16: 'BADSIG', 17: 'BADKEY', 18: 'BADTIME', 22: 'BADTRUNC' }

/** Checks that an answer was signed with the same key for this request; throws with what was wrong. */
export const checkSignature = (answer: Buffer, key: TsigKey, requestMac: Buffer): void => {
  const refuse = (why: string) =>
    fail('auth', 'The name server’s answer is not signed as it should be.', {
      why,
      try: ['Check the key’s name, algorithm and secret on both ends.', 'Check the clocks of both computers.']
    })
  const record = lastRecord(answer)
  if (record === null || record.type !== recordTypes.TSIG) throw refuse('It carries no signature.')
  const timeAt = skipName(answer, record.dataAt)
  const time = answer.subarray(timeAt, timeAt + 6)
  const fudge = answer.readUInt16BE(timeAt + 6)
  const macSize = answer.readUInt16BE(timeAt + 8)
  const mac = answer.subarray(timeAt + 10, timeAt + 10 + macSize)
  const rest = timeAt + 10 + macSize
  const error = answer.readUInt16BE(rest + 2)
  const other = answer.subarray(rest + 6, rest + 6 + answer.readUInt16BE(rest + 4))
  if (error !== 0) throw refuse(`It says ${tsigErrors[error] ?? `error ${error}`}.`)
  const unsigned = Buffer.from(answer.subarray(0, record.start))
  unsigned.writeUInt16BE(answer.readUInt16BE(10) - 1, 10)
  answer.copy(unsigned, 0, rest, rest + 2)
  const expected = createHmac(hash(key), Buffer.from(key.secret, 'base64'))
    .update(withLength(requestMac))
    .update(unsigned)
    .update(variables(key, time, fudge, error, other))
    .digest()
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) throw refuse('The signature does not match.')
}
