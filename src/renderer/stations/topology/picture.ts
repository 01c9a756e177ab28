import type { OpenMove } from '../../../shared/contract'
import { type Domain, databasePair, type ServerEntry, type SiteSide, serversOf } from '../../../shared/move'
import type { AppNode, DomainState, TopologyLink, TopologyNode } from '../../../shared/topology'
import type { ServerRole } from '../../parts/role-badge'
import { siteRole } from '../frame/flow'

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
  | { kind: 'ghost'; id: string; side: SiteSide; of: ServerEntry['kind']; words: string }
  | { kind: 'domain'; id: string; domain: Domain; state: DomainState | null; pointsTo: SiteSide | 'both' | null }

export interface Picture {
  boxes: Box[]
  links: TopologyLink[]
  /** Pairs of databases, the move's own first. */
  pairs: { old: string; new: string }[]
  mainPair: { old: string; new: string } | null
}

/** A survey older than this does not say what is true now. */
export const staleAfterMs = 10_000

const roleOf = (open: OpenMove, node: TopologyNode | null, side: SiteSide, isPair: boolean): ServerRole => {
  if (!node?.survey || node.failure) return 'unknown'
  const bySite = siteRole(open, side)
  // During a run the pair's servers are between two states, which only the run knows.
  if (isPair && ['writes-wait', 'armed', 'sealed'].includes(bySite)) return bySite
  return open.topology?.writable.includes(node.server) ? 'takes-writes' : 'read-only'
}

const pointsTo = (domain: Domain, state: DomainState | null): SiteSide | 'both' | null => {
  const values = new Set(state?.answers.flatMap((answer) => answer.values) ?? [])
  const old = domain.oldValues.some((value) => values.has(value))
  const target = domain.newValues.some((value) => values.has(value))
  if (old && target) return 'both'
  if (old) return 'old'
  return target ? 'new' : null
}

const missing = (open: OpenMove): Box[] => {
  const { move } = open
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
export const pictureOf = (open: OpenMove): Picture => {
  const { move, topology } = open
  const main = databasePair(move)
  const databases = new Set(serversOf(move).flatMap(({ server }) => (server.kind === 'database' ? [server.id] : [])))
  const mainPair = main ? { old: main.old.id, new: main.new.id } : null
  const others = move.pairs.filter(
    (pair) => databases.has(pair.old) && databases.has(pair.new) && pair.old !== mainPair?.old
  )
  const pairs = [...(mainPair ? [mainPair] : []), ...others]
  const links = topology?.links ?? []
  const boxes = serversOf(move).map(({ side, server }): Box => {
    if (server.kind !== 'database') {
      const app = topology?.apps.find((one) => one.server === server.id) ?? null
      const connections = Object.values(app?.connections ?? {}).reduce((sum, count) => sum + count, 0)
      const active = topology?.nodes.find((one) => one.server === topology.active)
      // Behind the bridge all hosts of the other site look alike: it is known that they come, not which of them.
      const bridged =
        connections === 0 &&
        active !== undefined &&
        active.side !== side &&
        (topology?.throughBridge?.[active.server] ?? 0) > 0
      return { kind: 'app', id: server.id, side, server, app, connections, bridged }
    }
    const node = topology?.nodes.find((one) => one.server === server.id) ?? null
    const number = pairs.findIndex((pair) => pair[side] === server.id)
    const isPair = mainPair?.[side] === server.id
    const incoming = links.filter((link) => link.replica === server.id)
    return {
      kind: 'database',
      id: server.id,
      side,
      server,
      pair: number < 0 ? null : number + 1,
      node,
      role: roleOf(open, node, side, isPair),
      follows: incoming.find((link) => link.source === topology?.active) ?? incoming[0] ?? null
    }
  })
  const domains = move.domains.map((domain): Box => {
    const state = topology?.domains.find((one) => one.name === domain.name) ?? null
    return { kind: 'domain', id: `domain-${domain.name}`, domain, state, pointsTo: pointsTo(domain, state) }
  })
  return { boxes: [...boxes, ...missing(open), ...domains], links, pairs, mainPair }
}
