import type { Failure } from '../../../shared/failure'
import type { Capabilities } from '../../mysql/capabilities'
import type { PairEnd } from '../link/pair'

export const replicationAccount = 'siteswap_repl'
export const canaryAccount = 'siteswap_canary'

/** One end of the pair with what its steps need to know. */
export interface ReplicateEnd extends PairEnd {
  can: Capabilities
  /** Host part under which this server sees connections that come through the bridge. */
  bridgeHost: string
  /** Where its replica finds it: an end of the bridge. */
  at: { host: string; port: number }
  /** Links of other channels, which Siteswap leaves alone. */
  otherLinks: number
}

/** Everything the co-masters' steps are made from: read once, never a secret. */
export interface ReplicateFacts {
  moveId: string
  old: ReplicateEnd
  new: ReplicateEnd
  blockers: Failure[]
  warnings: string[]
}

/** A channel of our own leaves other links of the servers alone; MySQL 5.6 knows one link only, without a name. */
export const channelOf = (can: Capabilities): string => (can.channels ? 'siteswap' : '')

/** Hosts the replication account is made for, the same on both servers because accounts travel too. */
export const accountHosts = (facts: ReplicateFacts): string[] => [
  ...new Set([facts.old.bridgeHost, facts.new.bridgeHost])
]
