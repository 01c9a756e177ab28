import { type Move, serversOf } from '../../../shared/move'
import type { Topology, TopologyLink, TopologyNode } from '../../../shared/topology'
import type { Difference } from '../../../shared/topology-diff'
import { roleWords } from './compare-pictures'
import { makeDifference } from './make-difference'

/** Pairs of databases whose both ends are in the move. */
export const databasePairs = (move: Move): { old: string; new: string }[] => {
  const kinds = new Map(serversOf(move).map(({ server }) => [server.id, server.kind]))
  return move.pairs.filter((pair) => kinds.get(pair.old) === 'database' && kinds.get(pair.new) === 'database')
}

const flavours = { mysql: 'MySQL', mariadb: 'MariaDB' } as const

const pairDifferences = (pair: { old: string; new: string }, topology: Topology): Difference[] => {
  const nodeOf = (id: string): TopologyNode | undefined => topology.nodes.find((node) => node.server === id)
  const [old, fresh] = [nodeOf(pair.old), nodeOf(pair.new)]
  const [a, b] = [old?.survey, fresh?.survey]
  if (!old || !fresh || !a || !b) return []
  const found: Difference[] = []
  const say = (
    what: string,
    was: string,
    is: string,
    consequence: Difference['consequence'],
    why: string,
    equalIsToo = false
  ): void => {
    if (was === is && !equalIsToo) return
    found.push(
      makeDifference({
        area: 'server',
        name: `${pair.old} ↔ ${pair.new}`,
        what,
        server: pair.new,
        sign: 'changed',
        old: was,
        new: is,
        consequence,
        why
      })
    )
  }
  if (a.identity.key === b.identity.key)
    say('identity', a.identity.key, b.identity.key, 'stops', 'Both ends of the pair are one and the same server.', true)
  say(
    'family',
    flavours[a.identity.flavour],
    flavours[b.identity.flavour],
    'stops',
    'The two families do not replicate from each other in both directions, and answer differently.'
  )
  if (a.identity.flavour === b.identity.flavour)
    say(
      'version',
      a.identity.version,
      b.identity.version,
      'expected',
      'The new site runs another version; preflight says what this pair can do, also on the way back.'
    )
  const [was, is] = [roleWords(old) ?? 'unknown', roleWords(fresh) ?? 'unknown']
  const linked = topology.links.some((link) => link.source === pair.old && link.replica === pair.new)
  if (was === 'takes writes' && is === 'takes writes' && linked)
    say('role', was, is, 'stops', 'Both take writes: what is written on both cannot be put together again.', true)
  else say('role', was, is, 'expected', 'One of a pair takes writes, the other is read-only.')
  return found
}

const linkOf = (topology: Topology, source: string, replica: string): TopologyLink | undefined =>
  topology.links.find((link) => link.source === source && link.replica === replica)

const crossing = (pair: { old: string; new: string }, topology: Topology): Difference[] => {
  const [to, back] = [linkOf(topology, pair.old, pair.new), linkOf(topology, pair.new, pair.old)]
  const found: Difference[] = []
  const missing = (source: string, replica: string, why: string) =>
    found.push(
      makeDifference({
        area: 'link',
        name: `${source} → ${replica}`,
        what: 'link',
        server: replica,
        sign: 'removed',
        old: 'expected between the two of a pair',
        new: null,
        consequence: 'stops',
        why
      })
    )
  if (!to) missing(pair.old, pair.new, 'The new server does not follow the old one: it has none of its changes.')
  if (!back) missing(pair.new, pair.old, 'The old server does not follow the new one: there is no way back.')
  if (to && back) {
    const say = (what: string, was: string, is: string, why: string): void => {
      if (was === is) return
      found.push(
        makeDifference({
          area: 'link',
          name: `${pair.old} ⇄ ${pair.new}`,
          what,
          server: pair.new,
          mark: to.id,
          old: was,
          new: is,
          consequence: 'stops',
          why
        })
      )
    }
    const filters = (link: TopologyLink) => [...link.status.filters].sort().join('\n') || 'none'
    const delay = (link: TopologyLink) => `${link.status.configuredDelaySeconds} s`
    say('filters', filters(back), filters(to), 'One direction leaves changes out that the other carries.')
    say('delay', delay(back), delay(to), 'One direction stays behind on purpose.')
    say(
      'positions',
      back.status.usesGtid ? 'GTID' : 'file and position',
      to.status.usesGtid ? 'GTID' : 'file and position',
      'The two directions find their places in different ways.'
    )
  }
  return found
}

/** A link inside the old site whose ends both have a counterpart should have one too. */
const inside = (move: Move, topology: Topology): Difference[] => {
  const partner = new Map(databasePairs(move).map((pair) => [pair.old, pair.new]))
  return topology.links.flatMap((link) => {
    const [source, replica] = [partner.get(link.source), partner.get(link.replica)]
    if (link.crossesSites || source === undefined || replica === undefined) return []
    if (linkOf(topology, source, replica)) return []
    return [
      makeDifference({
        area: 'link',
        name: `${source} → ${replica}`,
        what: 'link',
        server: replica,
        old: `${link.source} → ${link.replica}`,
        new: null,
        consequence: 'capacity',
        why: 'On the old site the counterparts replicate; on the new one they do not.'
      })
    ]
  })
}

const unpaired = (move: Move): Difference[] => {
  const pairs = databasePairs(move)
  const databases = (side: 'old' | 'new') =>
    move[side].servers.filter((server) => server.kind === 'database' && !pairs.some((pair) => pair[side] === server.id))
  const kinds = (['web', 'other'] as const).filter(
    (kind) =>
      move.old.servers.some((server) => server.kind === kind) &&
      !move.new.servers.some((server) => server.kind === kind)
  )
  const noun = { web: 'web servers', other: 'workers' } as const
  const names = (kind: 'web' | 'other') =>
    move.old.servers
      .filter((server) => server.kind === kind)
      .map((server) => server.id)
      .join(', ')
  return [
    ...databases('old').map((server) =>
      makeDifference({
        area: 'server',
        name: server.id,
        what: 'counterpart',
        server: server.id,
        sign: 'removed',
        old: server.name,
        new: null,
        consequence: 'capacity',
        why: 'The new site has no server in its place: who reads there has to read elsewhere.'
      })
    ),
    ...databases('new').map((server) =>
      makeDifference({
        area: 'server',
        name: server.id,
        what: 'counterpart',
        server: server.id,
        sign: 'added',
        old: null,
        new: server.name,
        consequence: 'other',
        why: 'It stands for no server of the old site.'
      })
    ),
    ...kinds.map((kind) =>
      makeDifference({
        area: 'server',
        name: noun[kind],
        what: 'counterpart',
        mark: `ghost-new-${kind}`,
        sign: 'removed',
        old: names(kind),
        new: null,
        consequence: 'other',
        why:
          kind === 'web'
            ? 'Visitors have no web server on the new site yet.'
            : 'The work these hosts do has no host on the new site yet.'
      })
    )
  ]
}

/** What the pictures of both sites say of old against new: counterparts, versions, roles, links. Pure. */
export const compareSites = (move: Move, topology: Topology): Difference[] => {
  const pairs = databasePairs(move)
  // Across the sites only the first pair replicates; the others follow it inside their site.
  const main = pairs[0]
  return [
    ...unpaired(move),
    ...pairs.flatMap((pair) => pairDifferences(pair, topology)),
    ...(main ? crossing(main, topology) : []),
    ...inside(move, topology)
  ]
}
