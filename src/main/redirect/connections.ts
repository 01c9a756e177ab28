import { type Move, type ServerEntry, sshEntryName } from '../../shared/move'

export interface SeenConnection {
  user: string
  /** Address without port. */
  address: string
}

/** Addresses under which a host is seen by a database: those given, else the one it is reached at. */
export const addressesOf = (entry: ServerEntry): string[] => {
  const own = entry.addresses.length ? entry.addresses : entry.ssh.slice(-1).map(sshEntryName)
  return own.map((address) => address.toLowerCase())
}

/** `10.0.0.3:51234` → `10.0.0.3`; names and socket connections stay as they are. */
export const addressOf = (processListHost: string): string => processListHost.replace(/:\d+$/, '').toLowerCase()

/** How a host's redirect reads on both databases. */
export interface RedirectSeen {
  onOld: number
  onNew: number
  done: boolean
  /** In words: what was counted. */
  evidence: string
}

/**
 * A host has arrived when none of its connections are left on the database it leaves and, if it had any before, its accounts are seen on the other one,
 * from its own address or from where the bridge ends.
 */
export const judgeConnections = (
  host: { name: string; addresses: readonly string[]; accountsBefore: readonly string[] },
  left: readonly SeenConnection[],
  arrived: readonly SeenConnection[],
  bridgeEnds: readonly string[]
): RedirectSeen => {
  const here = new Set(host.addresses)
  const ends = new Set([...host.addresses, ...bridgeEnds])
  const accounts = new Set(host.accountsBefore)
  const onOld = left.filter((connection) => here.has(connection.address)).length
  const onNew = arrived.filter(
    (connection) => ends.has(connection.address) && (accounts.size === 0 || accounts.has(connection.user))
  ).length
  const seen = onNew > 0 || accounts.size === 0
  return {
    onOld,
    onNew,
    done: onOld === 0 && seen,
    evidence: `${host.name}: ${onOld} on the database it leaves, ${onNew} on the other`
  }
}

/** Where connections through the bridge appear to come from on the new database. */
export const bridgeEndsOf = (move: Move, newDatabase: ServerEntry): string[] => [
  ...new Set(
    [
      '127.0.0.1',
      '::1',
      'localhost',
      ...addressesOf(newDatabase),
      newDatabase.database?.host ?? '',
      move.bridge?.newAt.host ?? ''
    ].filter(Boolean)
  )
]
