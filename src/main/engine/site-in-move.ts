import { type Move, type ServerEntry, type Site, type SiteSide, serversOf } from '../../shared/move'

/** In the place of what is there, or beside it. */
export type SiteUse = 'replace' | 'add'

/** A copy of a site whose servers have ids that are free; `ids` leads from the saved ones to them, `taken` learns them. */
export const withFreeIds = (site: Site, taken: Set<string>): { site: Site; ids: Map<string, string> } => {
  const ids = new Map<string, string>()
  const servers = site.servers.map((server) => {
    let id = server.id
    for (let count = 2; taken.has(id); count += 1) id = `${server.id.slice(0, 58)}-${count}`
    taken.add(id)
    ids.set(server.id, id)
    return { ...server, id }
  })
  return { site: { ...site, servers }, ids }
}

/** One database each side can only belong together. */
export const pairedAlone = (move: Move): Move => {
  const databases = (side: SiteSide) => move[side].servers.filter((server) => server.kind === 'database')
  const [old, ...moreOld] = databases('old')
  const [target, ...moreNew] = databases('new')
  if (!old || !target || moreOld.length || moreNew.length) return move
  if (move.pairs.some((pair) => pair.old === old.id || pair.new === target.id)) return move
  return { ...move, pairs: [...move.pairs, { old: old.id, new: target.id }] }
}

const idsOf = (move: Move): Set<string> => new Set(serversOf(move).map(({ server }) => server.id))

/** The move without what names servers that were in it before and are not any more. */
const withoutLost = (before: Move, move: Move): Move => {
  const ids = idsOf(move)
  const lost = new Set([...idsOf(before)].filter((id) => !ids.has(id)))
  return {
    ...move,
    pairs: move.pairs.filter((pair) => !lost.has(pair.old) && !lost.has(pair.new)),
    canary: { ...move.canary, hosts: move.canary.hosts.filter((host) => !lost.has(host)) },
    layout: Object.fromEntries(Object.entries(move.layout).filter(([id]) => !lost.has(id)))
  }
}

/** A server keeps the mark of the site it was saved with, wherever it comes to stand. */
const marked = (server: ServerEntry, site: Site): ServerEntry =>
  server.mark || !site.mark ? server : { ...server, mark: site.mark }

/** The move with a saved site on one side; `ids` leads from its servers to those in the move. Ids stay where they can, so that pairs and places do too. */
export const withSite = (
  move: Move,
  side: SiteSide,
  saved: Site,
  use: SiteUse
): { move: Move; ids: Map<string, string> } => {
  const here = move[side]
  const there = move[side === 'old' ? 'new' : 'old']
  const kept = use === 'add' ? here.servers : []
  const taken = new Set([...kept, ...there.servers].map(({ id }) => id))
  const { site, ids } = withFreeIds(saved, taken)
  const next: Site =
    use === 'add'
      ? { ...here, servers: [...here.servers, ...site.servers.map((server) => marked(server, site))] }
      : { ...site, name: site.name === there.name ? here.name : site.name }
  return { move: pairedAlone(withoutLost(move, { ...move, [side]: next })), ids }
}
