import { createPrivateKey, type KeyObject } from 'node:crypto'
import { constants, open } from 'node:fs/promises'
import ssh2, { type ParsedKey } from 'ssh2'
import { type FailureError, fail } from '../../shared/failure'
import { expandHome } from './home'
import { openLockedKey } from './locked-key'
import { opensshEd25519, publicBlobOf } from './openssh-key'
import { openPuttyKey, parsePuttyKey } from './putty-key'

export { expandHome }

const sizeLimit = 256 * 1024

const readKeyFile = async (path: string): Promise<Buffer> => {
  const refuse = (what: string, code?: string): FailureError =>
    fail('not-found', what, { where: path, code, try: ['Choose the file of the private key (not the .pub file).'] })
  // Opening a pipe that nobody writes to would otherwise never come back.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EACCES' || error.code === 'EPERM')
        throw fail('storage', `This account may not read the key file ${path}.`, {
          where: path,
          code: error.code,
          try: ['Give this account the right to read it.']
        })
      throw refuse(`There is no key file ${path}.`, error.code)
    }
  )
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

const openedPkcs8 = (path: string, text: string, passphrase: string | null): KeyObject => {
  if (!text.includes('BEGIN ENCRYPTED PRIVATE KEY')) {
    try {
      return createPrivateKey({ key: text, format: 'pem' })
    } catch (error) {
      throw unusable(path, 'It is damaged.', ['Choose another key file.'], error instanceof Error ? error.message : '')
    }
  }
  if (passphrase === null) throw needsPassphrase(path)
  const opened = openLockedKey(text, passphrase)
  switch (opened.kind) {
    case 'opened':
      return opened.key
    case 'wrong-passphrase':
      throw wrongPassphrase(path)
    case 'unsupported':
      throw unusable(
        path,
        'It is encrypted in a way that cannot be read here.',
        ['Encrypt it anew: openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out COPY'],
        opened.words
      )
    default:
      return opened satisfies never
  }
}

const readPkcs8 = (path: string, text: string, passphrase: string | null): string => {
  const key = openedPkcs8(path, text, passphrase)
  const converted = fromPkcs8(key)
  if (converted === null)
    throw unusable(path, `Keys of type ${key.asymmetricKeyType} are not spoken by SSH.`, ['Use an Ed25519 or RSA key.'])
  return converted
}

const readPutty = async (path: string, text: string, passphrase: string | null): Promise<string> => {
  const key = parsePuttyKey(text)
  if (key === null) throw unusable(path, 'It is damaged.', ['Choose another key file.'])
  const opened = await openPuttyKey(key, passphrase)
  switch (opened.kind) {
    case 'opened':
      return opened.openssh
    case 'needs-passphrase':
      throw needsPassphrase(path)
    case 'wrong-passphrase':
      throw wrongPassphrase(path)
    case 'unusable':
      throw unusable(path, opened.why, ['Export it in PuTTYgen as an OpenSSH key.'])
    default:
      return opened satisfies never
  }
}

const parseFailure = (path: string, text: string, message: string, passphrase: string | null): FailureError => {
  if (/no passphrase given/i.test(message)) return needsPassphrase(path)
  const encrypted = /ENCRYPTED/i.test(text) || /OPENSSH/.test(text)
  if (passphrase !== null && encrypted && /passphrase|integrity|malformed|failed/i.test(message))
    return wrongPassphrase(path)
  if (/sk-(ssh|ecdsa)/.test(message) || /sk-(ssh|ecdsa)/.test(publicBlobOf(text)?.toString('latin1') ?? ''))
    return unusable(path, 'It belongs to a hardware token.', [
      'Let this host be reached by the system’s own ssh.',
      'Or load it into the SSH agent and choose “agent”.'
    ])
  if (/Unsupported/.test(message))
    return unusable(path, 'Its format or type is not supported.', ['Use an OpenSSH Ed25519 or RSA key.'], message)
  return unusable(path, 'It is damaged.', ['Choose another key file.'], message)
}

const looksPutty = (text: string) => text.startsWith('PuTTY-User-Key-File-')
const looksPkcs8 = (text: string) => /BEGIN (ENCRYPTED )?PRIVATE KEY/.test(text)

const parsed = (material: Buffer | string, passphrase?: string): ParsedKey | Error => {
  const found: unknown = ssh2.utils.parseKey(material, passphrase)
  const key = Array.isArray(found) ? found[0] : found
  return key instanceof Error || key ? (key as ParsedKey | Error) : new Error('no key in it')
}

/** Reads and opens a private key file: OpenSSH, PEM, PKCS#8 and PuTTY 2 and 3. */
export const loadPrivateKey = async (file: string, passphrase: string | null): Promise<ParsedKey> => {
  const path = expandHome(file)
  const raw = (await readKeyFile(path)).toString('latin1').replace(/\r\n/g, '\n').trim()
  if (/^(ssh-|ecdsa-|sk-)/.test(raw))
    throw unusable(path, 'It is a public key.', ['Choose the private key: the same name without .pub.'])
  const opened = looksPkcs8(raw)
    ? readPkcs8(path, raw, passphrase)
    : looksPutty(raw)
      ? await readPutty(path, raw, passphrase)
      : null
  const key = opened === null ? parsed(raw, passphrase ?? undefined) : parsed(opened)
  if (key instanceof Error) throw parseFailure(path, raw, key.message, passphrase)
  if (!key.isPrivateKey()) throw unusable(path, 'It holds no private key.', ['Choose the private key file.'])
  if (key.type === 'ssh-dss') throw unusable(path, 'DSA keys are no longer safe.', ['Use an Ed25519 key.'])
  return key
}

/** The public half of a key file, without its passphrase: from the `.pub` file beside it or from the file itself; null when neither tells. */
export const readPublicKey = async (file: string): Promise<ParsedKey | null> => {
  const path = expandHome(file)
  const beside = await readKeyFile(`${path}.pub`).catch(() => null)
  const fromPub = beside === null ? null : parsed(beside)
  if (fromPub !== null && !(fromPub instanceof Error)) return fromPub
  const text = await readKeyFile(path).then(
    (bytes) => bytes.toString('latin1'),
    () => null
  )
  if (text === null) return null
  const blob = looksPutty(text) ? (parsePuttyKey(text)?.publicBlob ?? null) : publicBlobOf(text)
  const key = parsed(blob ?? text)
  return key instanceof Error ? null : key
}
