import type { PeerCertificate, TLSSocket } from 'node:tls'
import type { TlsCheck } from './driver-options'

/** What protects a session on its way, as it turned out. */
export type Encryption =
  /** `offered`: the server would have spoken TLS. */
  | { kind: 'none'; offered: boolean }
  | {
      kind: 'tls'
      /** `TLSv1.3` */
      protocol: string
      cipher: string
      /** What was made sure of: that it is encrypted, that a known CA vouches for it, and that it has the right name. */
      checked: TlsCheck
      /** `CN=old-db1`, its issuer, and until when; null when the server showed none. */
      certificate: { subject: string; issuer: string; validTo: string; fingerprint: string } | null
    }

const nameOf = (name: PeerCertificate['subject'] | undefined): string =>
  Object.entries(name ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')
    .slice(0, 200)

/** Reads what a TLS socket came to. */
export const encryptionOf = (socket: TLSSocket, checked: TlsCheck): Encryption => {
  const shown = socket.getPeerCertificate()
  const certificate =
    shown && Object.keys(shown).length > 0
      ? {
          subject: nameOf(shown.subject),
          issuer: nameOf(shown.issuer),
          validTo: String(shown.valid_to ?? ''),
          fingerprint: String(shown.fingerprint256 ?? '')
        }
      : null
  return {
    kind: 'tls',
    protocol: socket.getProtocol() ?? 'TLS',
    cipher: socket.getCipher()?.standardName ?? '',
    checked,
    certificate
  }
}

/** The protection of a session in a few words: `TLSv1.3, not verified`. */
export const encryptionWords = (encryption: Encryption): string => {
  if (encryption.kind === 'none')
    return encryption.offered
      ? 'not encrypted, though the server offers TLS'
      : 'not encrypted: the server offers no TLS'
  const checked = { nothing: 'not verified', ca: 'CA verified', identity: 'CA and name verified' }[encryption.checked]
  return `${encryption.protocol}, ${checked}`
}
