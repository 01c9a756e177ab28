import { createPrivateKey, type KeyObject } from 'node:crypto'
import { open } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type ParsedKey } from 'ssh2'
import { type FailureError, fail } from '../../shared/failure'
import { opensshEd25519 } from './openssh-ed25519'

const sizeLimit = 256 * 1024

/** `~/…` in a key path means this account's home. */
export const expandHome = (path: string, home = homedir()): string =>
  path === '~' ? home : path.startsWith('~/') ? join(home, path.slice(2)) : path

const readKeyFile = async (path: string): Promise<Buffer> => {
  const refuse = (what: string, code?: string): FailureError =>
    fail('not-found', what, { where: path, code, try: ['Choose the file of the private key (not the .pub file).'] })
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES' || error.code === 'EPERM')
      throw fail('storage', `This account may not read the key file ${path}.`, {
        where: path,
        code: error.code,
        try: ['Give this account the right to read it.']
      })
    throw refuse(`There is no key file ${path}.`, error.code)
  })
  try {
    const found = await handle.stat()
    if (found.isDirectory()) throw refuse(`${path} is a folder, not a key file.`)
    if (!found.isFile()) throw refuse(`${path} is not a regular file.`)
    if (found.size > sizeLimit) throw refuse(`${path} is too large to be a private key.`)
    if (found.size === 0) throw refuse(`The key file ${path} is empty.`)
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

const unusable = (path: string, why: string, tries: string[], words?: string): FailureError =>
  fail('auth', `The key file ${path} cannot be used.`, { where: path, why, try: tries, words })

const needsPassphrase = (path: string): FailureError =>
  fail('secret-missing', `The key ${path} is encrypted and no passphrase is known for it.`, {
    where: path,
    try: ['Tick “passphrase” for this hop and enter it.', 'Or load the key into the SSH agent and choose “agent”.']
  })

const wrongPassphrase = (path: string): FailureError =>
  fail('auth', `The passphrase does not open the key ${path}.`, { where: path, try: ['Enter the passphrase again.'] })

/** A PKCS#8 key as one of the formats the SSH library reads. */
const fromPkcs8 = (key: KeyObject): string | null => {
  if (key.asymmetricKeyType === 'rsa') return key.export({ type: 'pkcs1', format: 'pem' }).toString()
  if (key.asymmetricKeyType === 'ec') return key.export({ type: 'sec1', format: 'pem' }).toString()
  if (key.asymmetricKeyType === 'ed25519') return opensshEd25519(key)
  return null
}

const readPkcs8 = (path: string, text: string, passphrase: string | null): string => {
  const encrypted = text.includes('BEGIN ENCRYPTED PRIVATE KEY')
  if (encrypted && passphrase === null) throw needsPassphrase(path)
  let key: KeyObject
  try {
    key = createPrivateKey({ key: text, format: 'pem', ...(encrypted && passphrase ? { passphrase } : {}) })
  } catch (error) {
    if (encrypted) throw wrongPassphrase(path)
    throw unusable(path, 'It is damaged.', ['Choose another key file.'], error instanceof Error ? error.message : '')
  }
  const converted = fromPkcs8(key)
  if (converted === null)
    throw unusable(path, `Keys of type ${key.asymmetricKeyType} are not spoken by SSH.`, ['Use an Ed25519 or RSA key.'])
  return converted
}

const parseFailure = (path: string, text: string, message: string, passphrase: string | null): FailureError => {
  if (/no passphrase given/i.test(message)) return needsPassphrase(path)
  const encrypted = /ENCRYPTED|Encryption: aes/i.test(text) || /OPENSSH/.test(text)
  if (passphrase !== null && encrypted && /passphrase|integrity|malformed|failed/i.test(message))
    return wrongPassphrase(path)
  if (text.includes('PuTTY-User-Key-File-3'))
    return unusable(path, 'It is a PuTTY key of version 3.', ['Export it in PuTTYgen as an OpenSSH key.'])
  if (/sk-(ssh|ecdsa)/.test(message))
    return unusable(path, 'It belongs to a hardware token.', ['Load it into the SSH agent and choose “agent”.'])
  if (/Unsupported/.test(message))
    return unusable(path, 'Its format or type is not supported.', ['Use an OpenSSH Ed25519 or RSA key.'], message)
  return unusable(path, 'It is damaged.', ['Choose another key file.'], message)
}

/** Reads and opens a private key file: OpenSSH, PEM, PKCS#8 and PuTTY 2. */
export const loadPrivateKey = async (file: string, passphrase: string | null): Promise<ParsedKey> => {
  const path = expandHome(file)
  const raw = (await readKeyFile(path)).toString('latin1').replace(/\r\n/g, '\n').trim()
  if (/^(ssh-|ecdsa-|sk-)/.test(raw))
    throw unusable(path, 'It is a public key.', ['Choose the private key: the same name without .pub.'])
  const text = /BEGIN (ENCRYPTED )?PRIVATE KEY/.test(raw) ? readPkcs8(path, raw, passphrase) : raw
  const parsed: unknown = ssh2.utils.parseKey(text, text === raw && passphrase !== null ? passphrase : undefined)
  const key = Array.isArray(parsed) ? parsed[0] : parsed
  if (key instanceof Error || key === undefined || key === null)
    throw parseFailure(path, raw, key instanceof Error ? key.message : 'no key in it', passphrase)
  const found = key as ParsedKey
  if (!found.isPrivateKey()) throw unusable(path, 'It holds no private key.', ['Choose the private key file.'])
  if (found.type === 'ssh-dss') throw unusable(path, 'DSA keys are no longer safe.', ['Use an Ed25519 key.'])
  return found
}
