import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { argon2dAsync, argon2iAsync, argon2idAsync } from '@noble/hashes/argon2.js'
import { opensshPrivateKey } from './openssh-key'
import { wireField, wireReader } from './wire'

/** A PuTTY key file (PPK), versions 2 and 3, as its text says. */
export interface PuttyKey {
  version: 2 | 3
  type: string
  encryption: string
  comment: string
  publicBlob: Buffer
  privateBlob: Buffer
  mac: Buffer
  derivation: { kind: string; memoryKib: number; passes: number; lanes: number; salt: Buffer } | null
}

export type OpenedPuttyKey =
  | { kind: 'opened'; openssh: string }
  | { kind: 'needs-passphrase' }
  | { kind: 'wrong-passphrase' }
  | { kind: 'unusable'; why: string }

/** A file that asks for more is no key of a person but a trap for the processor. */
const derivationLimit = { memoryKib: 1024 * 1024, work: 64 * 1024 * 1024 }

/** Reads the text of a PPK file; null when it is none or not whole. */
export const parsePuttyKey = (text: string): PuttyKey | null => {
  const lines = text.split(/\r\n|\r|\n/)
  const headers = new Map<string, string>()
  const blobs = new Map<string, Buffer>()
  for (let at = 0; at < lines.length; at++) {
    const [, name, value] = /^([A-Za-z0-9-]+): ?(.*)$/.exec(lines[at] ?? '') ?? []
    if (name === undefined || value === undefined) continue
    headers.set(name, value)
    if (name !== 'Public-Lines' && name !== 'Private-Lines') continue
    const count = /^\d{1,4}$/.test(value) ? Number(value) : 0
    blobs.set(name, Buffer.from(lines.slice(at + 1, at + 1 + count).join(''), 'base64'))
    at += count
  }
  const version = headers.has('PuTTY-User-Key-File-3') ? 3 : headers.has('PuTTY-User-Key-File-2') ? 2 : null
  if (version === null) return null
  const publicBlob = blobs.get('Public-Lines')
  const privateBlob = blobs.get('Private-Lines')
  const mac = headers.get('Private-MAC')
  if (!publicBlob || !privateBlob || mac === undefined) return null
  const kind = headers.get('Key-Derivation')
  return {
    version,
    type: headers.get(`PuTTY-User-Key-File-${version}`) ?? '',
    encryption: headers.get('Encryption') ?? '',
    comment: headers.get('Comment') ?? '',
    publicBlob,
    privateBlob,
    mac: Buffer.from(mac, 'hex'),
    derivation:
      kind === undefined
        ? null
        : {
            kind,
            memoryKib: Number(headers.get('Argon2-Memory')),
            passes: Number(headers.get('Argon2-Passes')),
            lanes: Number(headers.get('Argon2-Parallelism')),
            salt: Buffer.from(headers.get('Argon2-Salt') ?? '', 'hex')
          }
  }
}

interface Keys {
  cipher: Buffer
  iv: Buffer
  mac: Buffer
}

const keysOfVersion2 = (passphrase: string): Keys => {
  const part = (count: number) =>
    createHash('sha1')
      .update(Buffer.from([0, 0, 0, count]))
      .update(passphrase)
      .digest()
  return {
    cipher: Buffer.concat([part(0), part(1)]).subarray(0, 32),
    iv: Buffer.alloc(16),
    mac: createHash('sha1').update('putty-private-key-file-mac-key').update(passphrase).digest()
  }
}

const keysOfVersion3 = async (key: PuttyKey, passphrase: string): Promise<Keys | string> => {
  const { derivation } = key
  if (derivation === null) return 'It does not say how its passphrase is used.'
  const derive = { Argon2id: argon2idAsync, Argon2i: argon2iAsync, Argon2d: argon2dAsync }[derivation.kind]
  if (derive === undefined) return `Its key derivation ${derivation.kind} is not known.`
  const { memoryKib: m, passes: t, lanes: p, salt } = derivation
  const sane = [m, t, p].every((count) => Number.isInteger(count) && count > 0)
  if (!sane || p > 64 || m > derivationLimit.memoryKib || m * t > derivationLimit.work)
    return 'Its key derivation asks for more work than any real key does.'
  const made = Buffer.from(await derive(Buffer.from(passphrase), salt, { m, t, p, dkLen: 80 }))
  return { cipher: made.subarray(0, 32), iv: made.subarray(32, 48), mac: made.subarray(48) }
}

const keysOf = async (key: PuttyKey, passphrase: string): Promise<Keys | string> =>
  key.version === 2 ? keysOfVersion2(passphrase) : keysOfVersion3(key, passphrase)

const unencryptedMacKey = (version: 2 | 3): Buffer => (version === 2 ? keysOfVersion2('').mac : Buffer.alloc(0))

const macHolds = (key: PuttyKey, plain: Buffer, macKey: Buffer): boolean => {
  const covered = [key.type, key.encryption, key.comment, key.publicBlob, plain].map(wireField)
  const mac = createHmac(key.version === 2 ? 'sha1' : 'sha256', macKey)
    .update(Buffer.concat(covered))
    .digest()
  return mac.length === key.mac.length && timingSafeEqual(mac, key.mac)
}

const fieldsOf = (blob: Buffer, count: number): Buffer[] | null => {
  const reader = wireReader(blob)
  const fields = Array.from({ length: count }, () => reader.field())
  return fields.every((field) => field !== null) ? fields : null
}

/** The secret fields in OpenSSH's order; PuTTY keeps only what the public half does not hold. */
const secretFields = (key: PuttyKey, plain: Buffer): Buffer[] | null => {
  if (key.type === 'ssh-rsa') {
    const [, e, n] = fieldsOf(key.publicBlob, 3) ?? []
    const [d, p, q, iqmp] = fieldsOf(plain, 4) ?? []
    return e && n && d && p && q && iqmp ? [n, e, d, iqmp, p, q] : null
  }
  if (key.type.startsWith('ecdsa-sha2-')) {
    const [, curve, point] = fieldsOf(key.publicBlob, 3) ?? []
    const [d] = fieldsOf(plain, 1) ?? []
    return curve && point && d ? [curve, point, d] : null
  }
  const [, point] = fieldsOf(key.publicBlob, 2) ?? []
  const [secret] = fieldsOf(plain, 1) ?? []
  if (!point || !secret || secret.length > 32) return null
  // A little-endian number: its trailing zero bytes are left out in the file.
  const seed = Buffer.concat([secret, Buffer.alloc(32 - secret.length)])
  return [point, Buffer.concat([seed, point])]
}

const speaks = (type: string) => /^(ssh-rsa|ssh-ed25519|ecdsa-sha2-nistp(256|384|521))$/.test(type)

/** Opens a PPK key: checks its MAC and answers the same key in OpenSSH's format, in memory only. */
export const openPuttyKey = async (key: PuttyKey, passphrase: string | null): Promise<OpenedPuttyKey> => {
  if (!speaks(key.type)) return { kind: 'unusable', why: `Keys of type ${key.type} are not supported.` }
  if (key.encryption !== 'none' && key.encryption !== 'aes256-cbc')
    return { kind: 'unusable', why: `Its encryption ${key.encryption} is not known.` }
  let plain = key.privateBlob
  let macKey = unencryptedMacKey(key.version)
  const encrypted = key.encryption !== 'none'
  if (encrypted) {
    if (passphrase === null) return { kind: 'needs-passphrase' }
    if (plain.length % 16 !== 0) return { kind: 'unusable', why: 'It is damaged.' }
    const keys = await keysOf(key, passphrase)
    if (typeof keys === 'string') return { kind: 'unusable', why: keys }
    const decipher = createDecipheriv('aes-256-cbc', keys.cipher, keys.iv).setAutoPadding(false)
    plain = Buffer.concat([decipher.update(plain), decipher.final()])
    macKey = keys.mac
  }
  if (!macHolds(key, plain, macKey))
    return encrypted ? { kind: 'wrong-passphrase' } : { kind: 'unusable', why: 'It is damaged or was changed.' }
  const fields = secretFields(key, plain)
  if (fields === null) return { kind: 'unusable', why: 'It is damaged.' }
  return { kind: 'opened', openssh: opensshPrivateKey(key.type, key.publicBlob, fields) }
}
