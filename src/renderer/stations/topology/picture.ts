import type { OpenMove } from '../../../shared/contract'
import type { FoundLink, FoundServer } from '../../../shared/discovery'
import { type Domain, databasePair, type Move, type ServerEntry, type SiteSide, serversOf } from '../../../shared/move'
import type { AppNode, DomainState, TopologyLink, TopologyNode } from '../../../shared/topology'
import type { ServerRole } from '../../parts/role-badge'
import { siteRole } from '../frame/flow'
import { type Trouble, troubleOf } from './trouble-of'

/** What is drawn: one entry per box of the picture. */
export type Box =
  | {
      kind: 'database'
      id: string
      side: SiteSide
      server: ServerEntry
      pair: number | null
      node: TopologyNode | null
      role: ServerRole
      /** The link this server follows the site across or its own site by, whose lag is shown. */
      follows: TopologyLink | null
      trouble: Trouble | null
    }
  | {
      kind: 'app'
      id: string
      side: SiteSide
      server: ServerEntry
      app: AppNode | null
      connections: number
      bridged: boolean
    }
  /** A server of the state compared with, which is no longer in the move. */
  | { kind: 'gone'; id: string; side: SiteSide; words: string }
  /** A server that a search has found beside the move. */
  | { kind: 'found'; id: string; side: SiteSide; found: FoundServer }
  | { kind: 'ghost'; id: string; side: SiteSide; of: ServerEntry['kind']; words: string }
  | { kind: 'domain'; id: string; domain: Domain; state: DomainState | null; pointsTo: SiteSide | 'both' | null }

/** A link of which an end is outside the move, between ids of boxes. */
export interface FoundPicked {
  id: string
  source: string
  replica: string
  state: FoundLink['state']
}

export interface Picture {
  boxes: Box[]
  links: TopologyLink[]
  /** Pairs of databases, the move's own first. */
  pairs: { old: string; new: string }[]
  mainPair: { old: string; new: string } | null
  foundLinks?: FoundPicked[]
}

/** A survey older than this does not say what is true now. */
export const staleAfterMs = 10_000

/** What of an opened move the picture is made of. */
export type Pictured = Pick<OpenMove, 'move' | 'topology' | 'runs'>

const roleOf = (
  open: Pictured,
  node: TopologyNode | null,
  side: SiteSide,
  isPair: boolean,
  writable: ReadonlySet<string>
): ServerRole => {
  if (!node?.survey || node.failure) return 'unknown'
  // During a run the pair's servers are between two states, which only the run knows.
  const bySite = isPair ? siteRole(open, side) : 'unknown'
  if (['writes-wait', 'armed', 'sealed'].includes(bySite)) return bySite
  return writable.has(node.server) ? 'takes-writes' : 'read-only'
}

/** What servers say, by the server it is of: a fleet is not searched through for each of its boxes. */
const indexOf = (topology: OpenMove['topology']) => {
  const incoming = new Map<string, TopologyLink[]>()
  for (const link of topology?.links ?? []) {
    const list = incoming.get(link.replica)
    if (list) list.push(link)
    else incoming.set(link.replica, [link])
  }
  return {
    incoming,
    nodes: new Map(topology?.nodes.map((node) => [node.server, node])),
    apps: new Map(topology?.apps.map((app) => [app.server, app])),
    writable: new Set(topology?.writable)
  }
}

const noLinks: TopologyLink[] = []

const pointsTo = (domain: Domain, state: DomainState | null): SiteSide | 'both' | null => {
  const values = new Set(state?.answers.flatMap((answer) => answer.values) ?? [])
  const old = domain.oldValues.some((value) => values.has(value))
  const target = domain.newValues.some((value) => values.has(value))
  if (old && target) return 'both'
  if (old) return 'old'
  return target ? 'new' : null
}

const missing = (move: Move): Box[] => {
  const kinds = (side: SiteSide) => new Set(move[side].servers.map((server) => server.kind))
  const ghosts: Box[] = []
  const add = (side: SiteSide, of: ServerEntry['kind'], words: string) =>
    ghosts.push({ kind: 'ghost', id: `ghost-${side}-${of}`, side, of, words })
  for (const side of ['old', 'new'] as const)
    if (!kinds(side).has('database'))
      add(side, 'database', side === 'old' ? 'the one it runs on' : 'no server here yet')
  const old = kinds('old')
  const target = kinds('new')
  if (old.has('web') && !target.has('web')) add('new', 'web', 'no pair yet')
  if (old.has('other') && !target.has('other')) add('new', 'other', 'no pair yet')
  return ghosts
}

/** Everything the picture shows, from the opened move. Pure. */
export const pictureOf = (open: Pictured): Picture => {
  const { move, topology } = open
  const main = databasePair(move)
  const databases = new Set(serversOf(move).flatMap(({ server }) => (server.kind === 'database' ? [server.id] : [])))
  const mainPair = main ? { old: main.old.id, new: main.new.id } : null
  const others = move.pairs.filter(
    (pair) => databases.has(pair.old) && databases.has(pair.new) && pair.old !== mainPair?.old
  )
  const pairs = [...(mainPair ? [mainPair] : []), ...others]
  const links = topology?.links ?? noLinks
  const known = indexOf(topology)
  const numbers = { old: new Map<string, number>(), new: new Map<string, number>() }
  pairs.forEach((pair, index) => {
    numbers.old.set(pair.old, index + 1)
    numbers.new.set(pair.new, index + 1)
  })
  const active = known.nodes.get(topology?.active ?? '')
  const boxes = serversOf(move).map(({ side, server }): Box => {
    if (server.kind !== 'database') {
      const app = known.apps.get(server.id) ?? null
      const connections = Object.values(app?.connections ?? {}).reduce((sum, count) => sum + count, 0)
      // Behind the bridge all hosts of the other site look alike: it is known that they come, not which of them.
      const bridged =
        connections === 0 &&
        active !== undefined &&
        active.side !== side &&
        (topology?.throughBridge?.[active.server] ?? 0) > 0
      return { kind: 'app', id: server.id, side, server, app, connections, bridged }
    }
    const node = known.nodes.get(server.id) ?? null
    const incoming = known.incoming.get(server.id) ?? noLinks
    return {
      kind: 'database',
      id: server.id,
      side,
      server,
      pair: numbers[side].get(server.id) ?? null,
      node,
      role: roleOf(open, node, side, mainPair?.[side] === server.id, known.writable),
      follows: incoming.find((link) => link.source === topology?.active) ?? incoming[0] ?? null,
      trouble: troubleOf(node, incoming)
    }
  })
  const domains = move.domains.map((domain): Box => {
    const state = topology?.domains.find((one) => one.name === domain.name) ?? null
    return { kind: 'domain', id: `domain-${domain.name}`, domain, state, pointsTo: pointsTo(domain, state) }
  })
  return { boxes: [...boxes, ...missing(move), ...domains], links, pairs, mainPair }
}
