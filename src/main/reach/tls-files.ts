import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { type FailureError, fail } from '../../shared/failure'
import type { DatabaseEndpoint } from '../../shared/move'
import { clientKeySecret, type SecretRef, secretEnvName } from '../../shared/secret'
import type { TlsFiles } from '../mysql/driver-options'
import { openLockedKey } from '../ssh/locked-key'
import { expandHome } from '../ssh/private-key'

/** More than any bundle of CAs. */
const longest = 4 * 1024 * 1024

type AskSecret = (ref: SecretRef) => Promise<string | null>

const readPem = async (path: string, what: string, remedy: string): Promise<string> => {
  const text = await readFile(expandHome(path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw fail('not-found', `The ${what} ${path} cannot be read.`, { where: path, code: error.code, try: [remedy] })
  })
  if (text.length > longest || !/-----BEGIN [A-Z0-9 ]+-----/.test(text))
    throw fail('tls', `The ${what} ${path} is not a PEM file.`, {
      where: path,
      why: 'A PEM file is text and has a line that starts with -----BEGIN.',
      try: [remedy, 'A DER file becomes PEM by: openssl x509 -inform der -in FILE']
    })
  return text
}

const isLocked = (key: string): boolean => /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(key)

/** The client key without its passphrase, which is asked for only when the key has one. */
const openedKey = async (path: string, key: string, serverId: string, secret: AskSecret): Promise<string> => {
  if (!isLocked(key)) return key
  const ref = clientKeySecret(serverId)
  const passphrase = await secret(ref)
  if (passphrase === null)
    throw fail('secret-missing', `The client key ${path} is encrypted and no passphrase is known for it.`, {
      where: path,
      try: [
        'Enter it in the server’s form, below the client key.',
        `For the command line: set ${secretEnvName(ref)}.`,
        'Or name a copy without passphrase that only you can read: openssl pkey -in KEY -out COPY'
      ]
    })
  const opened = openLockedKey(key, passphrase)
  switch (opened.kind) {
    case 'opened':
      return opened.key.export({ type: 'pkcs8', format: 'pem' }).toString()
    case 'wrong-passphrase':
      throw fail('tls', `The passphrase does not open the client key ${path}.`, {
        where: path,
        try: ['Enter the passphrase again.']
      })
    case 'unsupported':
      throw fail('tls', `The client key ${path} is encrypted in a way that cannot be read here.`, {
        where: path,
        words: opened.words,
        try: ['Encrypt it anew: openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out COPY']
      })
    default:
      return opened satisfies never
  }
}

const certificateFailure = (path: string, cert: string): FailureError | null => {
  try {
    const shown = new X509Certificate(cert)
    const ends = Date.parse(shown.validTo)
    if (ends >= Date.now()) return null
    return fail('tls', `The client certificate ${path} has expired.`, {
      where: path,
      why: `It was valid until ${shown.validTo}.`,
      try: ['Have a new one signed by the CA that the server trusts.']
    })
  } catch (error) {
    return fail('tls', `The client certificate ${path} holds no certificate.`, {
      where: path,
      words: error instanceof Error ? error.message : String(error),
      try: ['Choose the PEM file of the certificate, not that of its key.']
    })
  }
}

const checkTogether = (files: TlsFiles, where: string): void => {
  try {
    createSecureContext(files)
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    if (/mismatch/i.test(words))
      throw fail('tls', 'The client certificate and the client key do not belong together.', {
        where,
        words,
        try: ['Choose the key that the certificate was made for.']
      })
    throw fail('tls', 'The files for TLS cannot be used.', {
      where,
      words,
      try: ['Check that each is the PEM file it is named as.']
    })
  }
}

/** The PEM texts that a database's TLS mode needs, looked at so that what is wrong with a file is said before anything is dialled; a locked client key comes opened. */
export const readTlsFiles = async (
  serverId: string,
  database: DatabaseEndpoint,
  secret: AskSecret
): Promise<TlsFiles> => {
  const { mode, caPath, certPath, keyPath } = database.tls
  if (mode === 'disabled') return {}
  const files: TlsFiles = {}
  if (caPath && (mode === 'verify-ca' || mode === 'verify-identity')) {
    files.ca = await readPem(caPath, 'CA file', 'Choose the PEM file of the CA that signed the server’s certificate.')
    if (!files.ca.includes('CERTIFICATE-----'))
      throw fail('tls', `The CA file ${caPath} holds no certificate.`, {
        where: caPath,
        try: ['Choose the PEM file of the CA that signed the server’s certificate.']
      })
  }
  if (!certPath && !keyPath) {
    if (files.ca !== undefined) checkTogether(files, caPath ?? '')
    return files
  }
  if (!certPath || !keyPath)
    throw fail('invalid', 'A client certificate needs its key, and the key its certificate.', {
      where: certPath ?? keyPath,
      try: ['Name both files, or none.']
    })
  files.cert = await readPem(certPath, 'client certificate', 'Choose the PEM file of the client certificate.')
  const key = await readPem(keyPath, 'client key', 'Choose the PEM file of the client key.')
  files.key = await openedKey(keyPath, key, serverId, secret)
  const failure = certificateFailure(certPath, files.cert)
  if (failure) throw failure
  checkTogether(files, certPath)
  return files
}
