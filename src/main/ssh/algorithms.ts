import { getCiphers } from 'node:crypto'
import type { Algorithms, CipherAlgorithm, KexAlgorithm, ServerHostKeyAlgorithm } from 'ssh2'

/**
 * No SHA-1 anywhere, no CBC, no compression, and no ChaCha20-Poly1305: without it and without CBC the
 * Terrapin prefix truncation has nothing to work on, whether or not the server speaks strict key exchange.
 */
const ciphers: [CipherAlgorithm, string][] = [
  ['aes256-gcm@openssh.com', 'aes-256-gcm'],
  ['aes128-gcm@openssh.com', 'aes-128-gcm'],
  ['aes256-ctr', 'aes-256-ctr'],
  ['aes192-ctr', 'aes-192-ctr'],
  ['aes128-ctr', 'aes-128-ctr']
]

const hostKeyAlgorithms: [ServerHostKeyAlgorithm, string][] = [
  ['ssh-ed25519', 'ssh-ed25519'],
  ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp256'],
  ['ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp384'],
  ['ecdsa-sha2-nistp521', 'ecdsa-sha2-nistp521'],
  ['rsa-sha2-512', 'ssh-rsa'],
  ['rsa-sha2-256', 'ssh-rsa']
]

/** Host key algorithms with the types already known first, as OpenSSH orders them: otherwise a known host may show its other key and look unknown. */
export const hostKeyOrder = (knownTypes: readonly string[]): ServerHostKeyAlgorithm[] => {
  const known = hostKeyAlgorithms.filter(([, type]) => knownTypes.includes(type))
  const rest = hostKeyAlgorithms.filter(([, type]) => !knownTypes.includes(type))
  return [...known, ...rest].map(([algorithm]) => algorithm)
}

const curves: KexAlgorithm[] = [
  'curve25519-sha256',
  'curve25519-sha256@libssh.org',
  'ecdh-sha2-nistp256',
  'ecdh-sha2-nistp384',
  'ecdh-sha2-nistp521'
]
/**
 * Electron's BoringSSL proves a group's prime anew each time, and the whole app stands still meanwhile: a second for group 14,
 * many for group 16, more than a minute for 8192 bits. The server chooses, so there only the smallest is on offer.
 */
const groups: { quick: KexAlgorithm[]; heavy: KexAlgorithm[] } = {
  quick: ['diffie-hellman-group14-sha256'],
  heavy: ['diffie-hellman-group-exchange-sha256', 'diffie-hellman-group16-sha512', 'diffie-hellman-group18-sha512']
}

/** Whether this program runs where large groups take that long. */
export const heavyGroupsStall = (): boolean => process.versions.electron !== undefined

/** What is offered to a server, given the key types its name is known by. */
export const algorithmsFor = (knownTypes: readonly string[], noHeavy = heavyGroupsStall()): Algorithms => {
  const available = new Set(getCiphers())
  return {
    kex: [...curves, ...(noHeavy ? [] : groups.heavy), ...groups.quick],
    serverHostKey: hostKeyOrder(knownTypes),
    cipher: ciphers.filter(([, name]) => available.has(name)).map(([cipher]) => cipher),
    hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
    compress: ['none']
  }
}
