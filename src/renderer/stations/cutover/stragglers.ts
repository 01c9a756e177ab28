import type { Move } from '../../../shared/move'
import type { Topology } from '../../../shared/topology'
import type { End } from './ends'

/** An account that speaks, or spoke, to the sealed server. */
export interface Straggler {
  user: string
  address: string
  /** The host it comes from, when it is one of the move. */
  host: string | null
  /** Connections open at the last look; 0: it has left since. */
  count: number
  seenAt: number
}

export interface Stragglers {
  rows: Straggler[]
  /** Open now. */
  total: number
  at: number
}

/** Siteswap's own, the server's own, and connections that have not signed in: nobody's to be told. */
const nobody = /^siteswap|^system user$|^event_scheduler$|^unauthenticated user$|^$/

/** Accounts connected to the database that was left, at the last look; null: not asked. The operator's own account is not counted. Pure. */
export const stragglersOf = (move: Move, topology: Topology | null, from: End): Stragglers | null => {
  const survey = topology?.nodes.find((node) => node.server === from.server?.id)?.survey
  if (!survey) return null
  const own = from.server?.database?.user
  const hosts = [...move.old.servers, ...move.new.servers]
  const rows = survey.connections.byAccount
    .filter(({ user, count }) => count > 0 && !nobody.test(user) && user !== own)
    .map(({ user, host, count }) => ({
      user,
      address: host,
      host: hosts.find((server) => server.addresses.includes(host))?.name ?? null,
      count,
      seenAt: survey.at
    }))
  return { rows, total: rows.reduce((sum, row) => sum + row.count, 0), at: survey.at }
}

const keyOf = (row: Straggler): string => `${row.user}@${row.address}`

/** Those seen at an earlier look stay in the list with count 0 and the time they were last seen. Pure. */
export const withSeenBefore = (now: Stragglers, before: readonly Straggler[]): Stragglers => {
  const here = new Set(now.rows.map(keyOf))
  const gone = before.filter((row) => !here.has(keyOf(row))).map((row) => ({ ...row, count: 0 }))
  return { ...now, rows: [...now.rows, ...gone.sort((a, b) => b.seenAt - a.seenAt)] }
}
