import { type Discovery, type FoundServer, isUnreached } from '../../../shared/discovery'
import { type Move, type SiteSide, serverOf, serversOf } from '../../../shared/move'
import type { Topology } from '../../../shared/topology'
import type { Box, Picture } from './picture'

/** Of whom nobody knows better, a server stands beside the one it was asked like, or that names it. */
const sideOf = (move: Move, found: FoundServer): SiteSide =>
  found.addresses.map(({ like }) => serverOf(move, like)?.side).find((side) => side !== undefined) ?? 'old'

/** How a found server stands, in a few words. */
export const foundWords = (found: FoundServer): string => {
  if (found.identity) return 'not part of the move'
  return isUnreached(found) ? 'known, not reached' : 'known, not asked'
}

const loopback = /^(127\.|localhost$|::1$)/

/** The server of the move that a found one is: by identity, or by an address that leads to one place only. */
const partOf = (move: Move, topology: Topology | null, found: FoundServer): string | null => {
  if (found.server !== null && serverOf(move, found.server)) return found.server
  const isIt = ({ survey }: Topology['nodes'][number]) =>
    survey?.identity.key === found.id ||
    (found.told.uuid !== null && survey?.identity.uuid === found.told.uuid) ||
    // MariaDB's replicas are told by their numbers alone.
    (found.identity === null && found.told.uuid === null && survey?.identity.serverId === found.told.serverId)
  const node = topology?.nodes.find(isIt)
  if (node) return node.server
  const there = serversOf(move).find(({ server: { database } }) =>
    found.addresses.some(
      ({ host, port }) => host !== '' && !loopback.test(host) && database?.host === host && database.port === port
    )
  )
  return there?.server.id ?? null
}

/** A dump thread's host with a port put to it is mostly a server that is known by its number already: the search lists it, nobody is drawn for it. */
const isOnlyGuessed = ({ identity, told, addresses }: FoundServer): boolean =>
  identity === null && told.uuid === null && told.serverId === null && addresses.every(({ guessed }) => guessed)

/** The picture with the servers that a search has found beside the move, and who follows whom of them. Pure. */
export const withFound = (
  picture: Picture,
  move: Move,
  topology: Topology | null,
  discovery: Discovery | null
): Picture => {
  if (!discovery) return picture
  const ids = new Map<string, string>()
  const boxes: Box[] = []
  for (const found of discovery.servers) {
    const known = partOf(move, topology, found)
    const id = known ?? `found ${found.id}`
    ids.set(found.id, id)
    if (known === null && !isOnlyGuessed(found)) boxes.push({ kind: 'found', id, side: sideOf(move, found), found })
  }
  if (boxes.length === 0) return picture
  const outside = new Set(boxes.map(({ id }) => id))
  const foundLinks = discovery.links.flatMap((link) => {
    const [source, replica] = [ids.get(link.source), ids.get(link.replica)]
    if (!source || !replica || !(outside.has(source) || outside.has(replica))) return []
    return [{ id: `found ${link.id}`, source, replica, state: link.state }]
  })
  return { ...picture, boxes: [...picture.boxes, ...boxes], foundLinks }
}
