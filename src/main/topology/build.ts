import type { Failure } from '../../shared/failure'
import { positionReached } from '../../shared/gtid'
import { databasePair, type Move, type SiteSide, serversOf } from '../../shared/move'
import type { LinkStatus, ServerSurvey, SurveyedLink } from '../../shared/server'
import type { BridgeState, DomainState, Topology, TopologyLink, TopologyNode } from '../../shared/topology'
import { appNodesOf, type HostReach, throughBridge } from './app-nodes'
import { isUnidentified, linkStateOf, type SurveyIndex, sourceOf, surveyIndex } from './link-of'

/** What is known of one database server at the moment. */
export interface Look {
  survey: ServerSurvey | null
  failure: { failure: Failure; at: number } | null
  roundTripMs: number | null
  writesPerSecond: (number | null)[]
}

export interface TopologyFacts {
  at: number
  move: Move
  looks: ReadonlyMap<string, Look>
  hosts: ReadonlyMap<string, HostReach>
  bridge: BridgeState
  domains: DomainState[]
  /** Heartbeat lag of a replica behind the writer; null = unknown. */
  lagOf(replica: string, source: string): number | null
  lagHistoryOf(linkId: string): (number | null)[]
}

/** Surveys older than this say nothing about who takes writes now. */
const freshMs = 10_000

/** The picture of a move from what its servers said. Pure. */
export const buildTopology = (facts: TopologyFacts): Topology => {
  const { move, looks, at } = facts
  const databases = serversOf(move).filter(({ server }) => server.kind === 'database')
  const nodes: TopologyNode[] = databases.map(({ side, server }) => {
    const look = looks.get(server.id)
    return {
      server: server.id,
      side,
      survey: look?.survey ?? null,
      failure: look?.failure ?? null,
      writesPerSecond: look?.writesPerSecond ?? []
    }
  })
  const surveys = nodes.flatMap((node) => node.survey ?? [])
  const known: Known = { ...surveyIndex(surveys), sideOf: new Map(nodes.map(({ server, side }) => [server, side])) }
  const links = surveys.flatMap((survey) => survey.links.flatMap((link) => linkOf(link, survey, known, facts) ?? []))
  const fresh = surveys.filter((survey) => at - survey.at <= freshMs)
  const writable = fresh.filter((survey) => !survey.readOnly && survey.superReadOnly !== true).map((s) => s.server)
  const roundTripMs: Record<string, number> = {}
  for (const [server, look] of looks) if (look.roundTripMs !== null) roundTripMs[server] = look.roundTripMs
  return {
    at,
    nodes,
    links,
    apps: appNodesOf(move, fresh, facts.hosts),
    bridge: facts.bridge,
    domains: facts.domains,
    active: activeOf(move, writable, links),
    writable,
    roundTripMs,
    throughBridge: throughBridge(move, fresh)
  }
}

/**
 * The one server that takes the shop's writes. Before the servers are linked the new one may still be writable:
 * then it is the old site's server, because the new one is an empty skeleton.
 */
const activeOf = (move: Move, writable: readonly string[], links: readonly TopologyLink[]): string | null => {
  if (writable.length <= 1) return writable[0] ?? null
  const between = links.some((link) => writable.includes(link.source) && writable.includes(link.replica))
  const old = writable.filter((id) => move.old.servers.some((server) => server.id === id))
  return !between && old.length === 1 ? (old[0] ?? null) : null
}

interface Known extends SurveyIndex {
  sideOf: ReadonlyMap<string, SiteSide>
}

const linkOf = (
  status: SurveyedLink,
  replica: ServerSurvey,
  known: Known,
  facts: TopologyFacts
): TopologyLink | null => {
  const source = isUnidentified(status)
    ? partnerThroughBridge(status, replica, facts.move)
    : (sourceOf(status, replica, known)?.server ?? null)
  if (source === null) return null
  const id = linkId(source, replica.server, status.channel)
  const sourceSurvey = known.byServer.get(source)
  const running = status.receiver === 'running' && status.applier === 'running'
  const lagSeconds = facts.lagOf(replica.server, source) ?? (running ? idleLag(sourceSurvey, replica) : null)
  return {
    id,
    source,
    replica: replica.server,
    state: linkStateOf(status, lagSeconds, facts.move.thresholds.lagLimitSeconds),
    status,
    lagSeconds,
    lagHistory: facts.lagHistoryOf(id),
    crossesSites: known.sideOf.get(source) !== known.sideOf.get(replica.server),
    at: replica.at
  }
}

/** Stable over surveys: source, replica, channel. */
export const linkId = (source: string, replica: string, channel: string): string =>
  `${source}>${replica}${channel === '' ? '' : `/${channel}`}`

/** A link that never reached its source has no identity yet; only the bridge's own address can say what was meant. */
const partnerThroughBridge = (status: LinkStatus, replica: ServerSurvey, move: Move): string | null => {
  const pair = databasePair(move)
  const bridge = move.bridge
  if (!pair || !bridge) return null
  const meant = (address: { host: string; port: number }) =>
    status.sourceHost === address.host && status.sourcePort === address.port
  if (replica.server === pair.new.id && meant(bridge.oldAt)) return pair.old.id
  if (replica.server === pair.old.id && meant(bridge.newAt)) return pair.new.id
  return null
}

/** Without a heartbeat row, a replica that holds all its source holds is not behind; anything else is unknown. */
const idleLag = (source: ServerSurvey | undefined, replica: ServerSurvey): number | null => {
  if (!source || source.identity.flavour !== replica.identity.flavour) return null
  if (Math.abs(source.at - replica.at) > freshMs || !source.logBin || source.gtid.executed === '') return null
  const have = [replica.gtid.executed, replica.gtid.replicaPos].filter((text) => text !== '').join(',')
  try {
    return positionReached(source.identity.flavour, have, source.gtid.executed) ? 0 : null
  } catch {
    return null
  }
}
