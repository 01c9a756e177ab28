import { type Move, type ServerEntry, type SiteSide, serversOf, sshEntryName } from '../../../shared/move'

/** A readable id nobody has yet, from a name: `Fra DB 1` → `fra-db-1`. */
export const serverIdFrom = (name: string, move: Move): string => {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 55)
  const base = words || 'server'
  const taken = new Set(serversOf(move).map(({ server }) => server.id))
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${count}`
    if (!taken.has(id)) return id
  }
}

const withServers = (move: Move, side: SiteSide, servers: ServerEntry[]): Move => ({
  ...move,
  [side]: { ...move[side], servers }
})

/** Adds a server, or replaces the one with its id where it stands. A first database on each side makes the pair. */
export const withServer = (move: Move, side: SiteSide, server: ServerEntry): Move => {
  const servers = move[side].servers
  const known = servers.some((one) => one.id === server.id)
  const changed = withServers(
    move,
    side,
    known ? servers.map((one) => (one.id === server.id ? server : one)) : [...servers, server]
  )
  return known ? changed : pairedAlone(changed, server)
}

/** One database each side can only belong together. */
const pairedAlone = (move: Move, server: ServerEntry): Move => {
  if (server.kind !== 'database') return move
  const databases = (side: SiteSide) => move[side].servers.filter((one) => one.kind === 'database')
  const [old, ...moreOld] = databases('old')
  const [target, ...moreNew] = databases('new')
  if (!old || !target || moreOld.length || moreNew.length) return move
  if (move.pairs.some((pair) => pair.old === old.id || pair.new === target.id)) return move
  return { ...move, pairs: [...move.pairs, { old: old.id, new: target.id }] }
}

/** Takes a server out, with everything that names it. */
export const withoutServer = (move: Move, serverId: string): Move => {
  const { [serverId]: _gone, ...layout } = move.layout
  return {
    ...move,
    old: { ...move.old, servers: move.old.servers.filter((server) => server.id !== serverId) },
    new: { ...move.new, servers: move.new.servers.filter((server) => server.id !== serverId) },
    pairs: move.pairs.filter((pair) => pair.old !== serverId && pair.new !== serverId),
    canary: { ...move.canary, hosts: move.canary.hosts.filter((host) => host !== serverId) },
    layout
  }
}

/** Puts a removed server back where it stood, into the move as it is by now. */
export const putBack = (move: Move, before: Move, serverId: string): Move => {
  const side: SiteSide = before.old.servers.some((server) => server.id === serverId) ? 'old' : 'new'
  const index = before[side].servers.findIndex((server) => server.id === serverId)
  const server = before[side].servers[index]
  if (!server || serversOf(move).some((entry) => entry.server.id === serverId)) return move
  const servers = [...move[side].servers]
  servers.splice(Math.min(index, servers.length), 0, server)
  const ids = new Set([...serversOf(move).map((entry) => entry.server.id), serverId])
  const pairs = before.pairs.filter(
    (pair) => (pair.old === serverId || pair.new === serverId) && ids.has(pair.old) && ids.has(pair.new)
  )
  const hosts = before.canary.hosts.includes(serverId) ? [...move.canary.hosts, serverId] : move.canary.hosts
  return {
    ...withServers(move, side, servers),
    pairs: [...move.pairs, ...pairs],
    canary: { ...move.canary, hosts }
  }
}

/** The other server of the move that the same way leads to, if any: two names for one server. */
export const sameEndpoint = (move: Move, server: ServerEntry): ServerEntry | undefined => {
  const way = (one: ServerEntry): string => {
    const last = one.ssh.at(-1)
    const ssh = one.database?.via === 'direct' ? '' : `${last && sshEntryName(last)}:${last?.port}`
    const at = one.database?.socketPath ?? `${one.database?.host}:${one.database?.port}`
    return one.kind === 'database' ? `${ssh}/${at}` : `${one.kind}/${ssh}`
  }
  return serversOf(move)
    .map((entry) => entry.server)
    .find((other) => other.id !== server.id && other.kind === server.kind && way(other) === way(server))
}
