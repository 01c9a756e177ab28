import type { Client } from 'ssh2'
import { type FailureError, fail } from '../../shared/failure'
import { insideOf } from './inside'

/**
 * The agreed cipher when nothing keeps somebody on the line from dropping messages at the beginning of the connection
 * (Terrapin): neither a strict key exchange nor AES-GCM in both directions. Null: guarded. What cannot be read counts as
 * not guarded.
 */
export const unguardedCipher = (client: Client): string | null => {
  const inside = insideOf(client)
  if (inside._strictMode === true) return null
  const agreed = inside._kex?.negotiated
  if (!agreed) return 'unknown'
  return [agreed.cs.cipher, agreed.sc.cipher].find((cipher) => !/^aes\d+-gcm@/.test(cipher)) ?? null
}

export const unguardedFailure = (label: string, cipher: string): FailureError =>
  fail('refused', `${label} does not protect the beginning of an SSH connection from somebody on the line.`, {
    where: label,
    code: 'CVE-2023-48795',
    why: `It offers no strict key exchange (the answer to “Terrapin”), and the cipher agreed on, ${cipher}, is none of AES-GCM, which would do without.`,
    try: [
      'Update the SSH server there: OpenSSH 9.6, or your distribution’s fix of CVE-2023-48795.',
      'Or add aes256-gcm@openssh.com to the Ciphers in its sshd_config.'
    ]
  })
