import { getCiphers } from 'node:crypto'
import type { Algorithms, CipherAlgorithm, ServerHostKeyAlgorithm } from 'ssh2'

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

/** What is offered to a server, given the key types its name is known by. */
export const algorithmsFor = (knownTypes: readonly string[]): Algorithms => {
  const available = new Set(getCiphers())
  return {
    kex: [
      'curve25519-sha256',
      'curve25519-sha256@libssh.org',
      'ecdh-sha2-nistp256',
      'ecdh-sha2-nistp384',
      'ecdh-sha2-nistp521',
      'diffie-hellman-group-exchange-sha256',
      'diffie-hellman-group16-sha512',
      'diffie-hellman-group18-sha512',
      'diffie-hellman-group14-sha256'
    ],
    serverHostKey: hostKeyOrder(knownTypes),
    cipher: ciphers.filter(([, name]) => available.has(name)).map(([cipher]) => cipher),
    hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
    compress: ['none']
  }
}
