/**
 * Names of secrets. A ref is what code and forms speak of; the keychain account is `<moveId>/<ref>`;
 * the headless command reads `SITESWAP_SECRET_<REF>`. The value itself is never part of a document.
 */
export type SecretRef = string

export const databaseSecret = (serverId: string): SecretRef => `db/${serverId}`
/** The passphrase of the client key for TLS. */
export const clientKeySecret = (serverId: string): SecretRef => `db/${serverId}/key-passphrase`
/** `hop`: its place in the chain as the move has it; jumps that an ssh config adds have names of their own, see `secretPlace`. */
export const sshPasswordSecret = (serverId: string, hop: number | string): SecretRef =>
  `ssh/${serverId}/${hop}/password`
export const sshPassphraseSecret = (serverId: string, hop: number | string): SecretRef =>
  `ssh/${serverId}/${hop}/passphrase`
export const dnsSecret = (domain: string): SecretRef => `dns/${domain}`
/** Passwords that Siteswap makes itself: the replication and the canary account, the same on both sides. */
export const replicationSecret: SecretRef = 'made/replication'
export const canarySecret: SecretRef = 'made/canary'

/** `db/old-db1` → `SITESWAP_SECRET_DB_OLD_DB1`. */
export const secretEnvName = (ref: SecretRef): string =>
  `SITESWAP_SECRET_${ref.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`

/** In statements, commands and the journal a secret stands as this text; it is filled in on the way to the server only. */
export const secretPlaceholder = (ref: SecretRef): string => `‹secret:${ref}›`
/** The same for what only the server's own hash of it may stand for: a statement that goes into the binary log. */
export const hashedPlaceholder = (placeholder: string): string => placeholder.replace(/^‹secret:/, '‹secret-hash:')
/** Groups: `-hash` or nothing, and the ref. */
export const secretPlaceholderPattern = /‹secret(-hash)?:([a-z0-9./_-]+)›/gi

export type KeepSecret = 'keychain' | 'session'
export type KeychainState =
  | { kind: 'ready'; name: string }
  | { kind: 'absent'; why: string }
  | { kind: 'locked'; why: string }
  | { kind: 'unknown' }
export type SecretState =
  | { kind: 'kept'; where: 'keychain' | 'session' | 'environment' }
  | { kind: 'missing' }
  | { kind: 'unreadable'; why: string }
