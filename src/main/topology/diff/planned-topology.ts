import { databasePair, type Move } from '../../../shared/move'
import type { SurveyedLink } from '../../../shared/server'
import type { AppNode, DomainState, Topology, TopologyLink, TopologyNode } from '../../../shared/topology'
import { linkId } from '../build'

/** The picture as it is meant to be once the cutover is over and before finish: only what the cutover decides is moved. Pure. */
export const plannedTopology = (move: Move, now: Topology): Topology => {
  const pair = databasePair(move)
  if (!pair) return now
  const [old, fresh] = [pair.old.id, pair.new.id]
  const role = (node: TopologyNode, readOnly: boolean): TopologyNode =>
    node.survey
      ? {
          ...node,
          survey: {
            ...node.survey,
            readOnly,
            superReadOnly: node.survey.superReadOnly === null ? null : readOnly
          }
        }
      : node
  return {
    ...now,
    nodes: now.nodes.map((node) =>
      node.server === old ? role(node, true) : node.server === fresh ? role(node, false) : node
    ),
    links: [
      ...now.links.map((link) => (between(link, old, fresh) ? running(link) : link)),
      ...(canFollow(now, old, fresh) ? missingLinks(now, old, fresh) : [])
    ],
    apps: now.apps.map((app) => moved(app, old, fresh)),
    bridge: { ...now.bridge, kind: 'up', detail: '' },
    domains: plannedDomains(move, now),
    active: fresh,
    writable: [...now.writable.filter((id) => id !== old && id !== fresh), fresh]
  }
}

/** A MySQL and a MariaDB server never follow each other; what is not known is planned for. */
const canFollow = (now: Topology, old: string, fresh: string): boolean => {
  const flavourOf = (id: string) => now.nodes.find((node) => node.server === id)?.survey?.identity.flavour
  const [a, b] = [flavourOf(old), flavourOf(fresh)]
  return a === undefined || b === undefined || a === b
}

const between = (link: TopologyLink, a: string, b: string): boolean =>
  (link.source === a && link.replica === b) || (link.source === b && link.replica === a)

const running = (link: TopologyLink): TopologyLink => ({ ...link, state: 'running' })

const nothingYet: SurveyedLink = {
  channel: '',
  sourceHost: '',
  sourcePort: 0,
  sourceServerId: 0,
  sourceUuid: null,
  receiver: 'running',
  applier: 'running',
  receiverError: null,
  applierError: null,
  secondsBehind: null,
  usesGtid: true,
  configuredDelaySeconds: 0,
  filters: [],
  received: '',
  applied: '',
  raw: {},
  words: { asked: '', status: '', start: [], stop: [] }
}

/** Co-masters: each follows the other, before the cutover and after it. */
const missingLinks = (now: Topology, old: string, fresh: string): TopologyLink[] =>
  [
    { source: old, replica: fresh },
    { source: fresh, replica: old }
  ]
    .filter(({ source, replica }) => !now.links.some((link) => link.source === source && link.replica === replica))
    .map(({ source, replica }) => ({
      id: linkId(source, replica, ''),
      source,
      replica,
      state: 'running',
      status: nothingYet,
      lagSeconds: null,
      lagHistory: [],
      crossesSites: true,
      at: now.at
    }))

const moved = (app: AppNode, old: string, fresh: string): AppNode => {
  const here = app.connections[old] ?? 0
  if (here === 0) return app
  const { [old]: _, ...others } = app.connections
  return { ...app, connections: { ...others, [fresh]: (others[fresh] ?? 0) + here } }
}

const plannedDomains = (move: Move, now: Topology): DomainState[] =>
  now.domains.map((state) => {
    const domain = move.domains.find((one) => one.name === state.name)
    if (!domain || domain.newValues.length === 0) return state
    return { ...state, answers: state.answers.map((answer) => ({ ...answer, values: [...domain.newValues] })) }
  })
