import type { Failure } from '../../../shared/failure'
import type { Bridge } from '../../../shared/move'
import type { PairEnd } from './pair'

/** systemd when it is this host's own first process and may be used; otherwise a small supervised process. */
export type Supervisor = { kind: 'systemd'; scope: 'system' | 'user'; unitPath: string } | { kind: 'process' }

/** Everything the bridge's steps are made from: read once, never a secret. */
export interface LinkFacts {
  moveId: string
  old: PairEnd
  new: PairEnd
  bridge: Bridge
  /** Absolute folder on the new host. */
  directory: string
  /** Absolute path of the `ssh` program on the new host. */
  sshProgram: string
  /** Absolute authorized_keys on the old host. */
  authorizedKeys: string
  /** Fingerprint of the old host's key as the app's own connection verified it. */
  oldHostKey: string
  supervisor: Supervisor
  blockers: Failure[]
  warnings: string[]
}

/** The comment at the end of the key, of its entry and of the unit: what belongs to this move's bridge. */
export const bridgeMark = (moveId: string): string => `siteswap-bridge-${moveId}`

/** Files of the bridge on the new host. */
export const bridgeFiles = (directory: string) => ({
  key: `${directory}/bridge-key`,
  publicKey: `${directory}/bridge-key.pub`,
  knownHosts: `${directory}/known_hosts`,
  script: `${directory}/bridge.sh`,
  pid: `${directory}/bridge.pid`,
  sshPid: `${directory}/bridge.ssh.pid`,
  log: `${directory}/bridge.log`
})

/** An address to try for a port that may listen on all addresses. */
export const reachableAt = (address: { host: string; port: number }): { host: string; port: number } =>
  ['0.0.0.0', '*', '::'].includes(address.host) ? { host: '127.0.0.1', port: address.port } : address
