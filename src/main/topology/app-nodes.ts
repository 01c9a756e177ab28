import { type Move, serversOf } from '../../shared/move'
import type { ServerSurvey } from '../../shared/server'
import type { AppNode } from '../../shared/topology'

/** Whether a host of the shop answered at its last look. */
export type HostReach = Pick<AppNode, 'reached' | 'failure' | 'at'>

/** Hosts of the shop with their connections on each database, counted by the addresses they come from. */
export const appNodesOf = (
  move: Move,
  surveys: readonly ServerSurvey[],
  reach: ReadonlyMap<string, HostReach>
): AppNode[] => {
  const accounts = appAccounts(move, surveys)
  return serversOf(move).flatMap(({ side, server }) => {
    if (server.kind === 'database') return []
    const seen = reach.get(server.id) ?? { reached: false, failure: null, at: null }
    const connections: Record<string, number> = {}
    for (const [database, own] of accounts) connections[database] = sum(own, (host) => server.addresses.includes(host))
    return [{ server: server.id, side, kind: server.kind, ...seen, connections }]
  })
}

/** Connections of the shop that reach the new database through the bridge: there the hosts of the old site cannot be told apart. */
export const throughBridge = (move: Move, surveys: readonly ServerSurvey[]): Record<string, number> => {
  const known = new Set(serversOf(move).flatMap(({ server }) => (server.kind === 'database' ? [] : server.addresses)))
  const result: Record<string, number> = {}
  for (const [database, own] of appAccounts(move, surveys))
    result[database] = sum(own, (host) => loopback.has(host) && !known.has(host))
  return result
}

const loopback = new Set(['127.0.0.1', 'localhost', '::1', '::ffff:127.0.0.1'])

type Account = ServerSurvey['connections']['byAccount'][number]

/** Of each database the accounts that are neither ours nor the server's. */
const appAccounts = (move: Move, surveys: readonly ServerSurvey[]): [string, Account[]][] => {
  const ours = new Map(serversOf(move).map(({ server }) => [server.id, server.database?.user]))
  return surveys.map(({ server, connections }) => [
    server,
    connections.byAccount.filter(
      ({ user }) => user !== ours.get(server) && !user.startsWith('siteswap') && user !== 'unauthenticated user'
    )
  ])
}

const sum = (accounts: readonly Account[], from: (host: string) => boolean): number =>
  accounts.reduce((total, account) => total + (from(account.host) ? account.count : 0), 0)
