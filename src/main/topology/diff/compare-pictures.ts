import type { DomainState, Topology, TopologyLink, TopologyNode } from '../../../shared/topology'
import type { Difference, GoneServer } from '../../../shared/topology-diff'
import { makeDifference } from './make-difference'

export interface ComparedPictures {
  differences: Difference[]
  gone: GoneServer[]
}

const flavours = { mysql: 'MySQL', mariadb: 'MariaDB' } as const
const serverWords = (node: TopologyNode): string =>
  node.survey
    ? `${flavours[node.survey.identity.flavour]} ${node.survey.identity.versionNumbers.join('.')}, id ${node.survey.identity.serverId}`
    : 'not asked'

export const roleWords = (node: TopologyNode): string | null =>
  node.survey ? (node.survey.readOnly || node.survey.superReadOnly === true ? 'read-only' : 'takes writes') : null

const nodeDifferences = (before: TopologyNode, after: TopologyNode): Difference[] => {
  const [old, now] = [before.survey, after.survey]
  const server = after.server
  const found: Difference[] = []
  if (before.failure === null && after.failure !== null)
    found.push(
      makeDifference({
        area: 'server',
        name: server,
        what: 'reached',
        server,
        sign: 'changed',
        old: 'answered',
        new: after.failure.failure.what,
        consequence: 'stops',
        why: 'Nothing newer than its last answer is known of it.'
      })
    )
  if (!old || !now) return found
  const say = (
    what: string,
    was: string | null,
    is: string | null,
    consequence: Difference['consequence'],
    why: string
  ): void => {
    if (was !== is)
      found.push(
        makeDifference({
          area: 'server',
          name: server,
          what,
          server,
          sign: 'changed',
          old: was,
          new: is,
          consequence,
          why
        })
      )
  }
  const otherServer = old.identity.key !== now.identity.key
  say(
    'identity',
    old.identity.key,
    now.identity.key,
    'stops',
    'Another server answers at this address: its data are not the data that were looked at.'
  )
  say('role', roleWords(before), roleWords(after), 'answers', 'Who may write here has changed.')
  say('version', old.identity.version, now.identity.version, 'answers', 'Another version may answer differently.')
  if (!otherServer && now.uptimeSeconds + 5 < (now.at - old.at) / 1000)
    say(
      'restart',
      'running',
      'restarted since',
      'other',
      'What was set only until the next start is gone; counters began anew.'
    )
  return found
}

const linkName = (link: Pick<TopologyLink, 'source' | 'replica'>): string => `${link.source} → ${link.replica}`
const runs = (link: TopologyLink): boolean => link.state === 'running' || link.state === 'lagging'
/** Late or not is a matter of the moment: both run. */
const stateWords = (link: TopologyLink): string => (runs(link) ? 'running' : link.state)

const linkDifferences = (before: Topology, after: Topology): Difference[] => {
  const has = (topology: Topology, source: string, replica: string): boolean =>
    topology.links.some((link) => link.source === source && link.replica === replica)
  const turned = (from: Topology, to: Topology, link: TopologyLink): boolean =>
    has(from, link.replica, link.source) && !has(to, link.replica, link.source) && !has(from, link.source, link.replica)
  const about = (link: TopologyLink) => ({
    area: 'link' as const,
    name: linkName(link),
    server: link.replica,
    mark: link.id
  })
  const found: Difference[] = []
  for (const link of after.links) {
    const was = before.links.find((one) => one.id === link.id)
    if (!was) {
      const reversed = turned(before, after, link)
      found.push(
        makeDifference({
          ...about(link),
          what: reversed ? 'direction' : 'link',
          sign: reversed ? 'reversed' : 'added',
          old: reversed ? `${link.replica} → ${link.source}` : null,
          new: reversed ? linkName(link) : stateWords(link),
          consequence: reversed ? 'answers' : 'other',
          why: reversed ? 'Changes flow the other way.' : 'A server follows another one that it did not follow before.'
        })
      )
      continue
    }
    const say = (what: string, a: string, b: string, consequence: Difference['consequence'], why: string): void => {
      if (a !== b) found.push(makeDifference({ ...about(link), what, old: a, new: b, consequence, why }))
    }
    const worse = !runs(link)
    say(
      'state',
      stateWords(was),
      stateWords(link),
      worse ? 'stops' : 'other',
      worse
        ? 'The replica no longer gets the changes of its source.'
        : 'The replica gets the changes of its source again.'
    )
    say(
      'delay',
      `${was.status.configuredDelaySeconds} s`,
      `${link.status.configuredDelaySeconds} s`,
      'stops',
      'The replica stays behind on purpose by this much.'
    )
    say(
      'filters',
      was.status.filters.join('\n') || 'none',
      link.status.filters.join('\n') || 'none',
      'stops',
      'Changes that a filter leaves out never reach the replica.'
    )
    say(
      'positions',
      was.status.usesGtid ? 'GTID' : 'file and position',
      link.status.usesGtid ? 'GTID' : 'file and position',
      'other',
      'How the replica finds its place after an interruption.'
    )
  }
  for (const link of before.links) {
    if (after.links.some((one) => one.id === link.id)) continue
    if (
      after.links.some(
        (one) => one.source === link.replica && one.replica === link.source && turned(before, after, one)
      )
    )
      continue
    found.push(
      makeDifference({
        ...about(link),
        // There is no line any more to mark.
        mark: link.replica,
        what: 'link',
        old: stateWords(link),
        new: null,
        consequence: 'stops',
        why: 'The replica no longer gets the changes of its source.'
      })
    )
  }
  return found
}

const bridgeDifferences = (before: Topology, after: Topology): Difference[] => {
  const [was, is] = [before.bridge.kind, after.bridge.kind]
  // Not asked yet is no state.
  if (was === is || was === 'unknown' || is === 'unknown') return []
  return [
    makeDifference({
      area: 'bridge',
      name: 'bridge',
      what: 'state',
      mark: 'bridge',
      sign: was === 'absent' ? 'added' : is === 'absent' ? 'removed' : 'changed',
      old: was,
      new: is,
      consequence: is === 'up' ? 'other' : 'stops',
      why: is === 'up' ? 'The two sites reach each other.' : 'The two sites do not reach each other.'
    })
  ]
}

/** What the name servers answer for a name, resolvers' old answers among them. */
export const valuesOf = (state: DomainState | undefined): string =>
  [...new Set(state?.answers.flatMap((answer) => answer.values) ?? [])].sort().join(', ')

const domainDifferences = (before: Topology, after: Topology): Difference[] =>
  after.domains.flatMap((domain) => {
    const was = valuesOf(before.domains.find((one) => one.name === domain.name))
    const is = valuesOf(domain)
    if (was === '' || is === '' || was === is) return []
    return [
      makeDifference({
        area: 'dns',
        name: domain.name,
        what: 'address',
        mark: `domain-${domain.name}`,
        old: was,
        new: is,
        consequence: 'answers',
        why: 'Visitors are sent to other web servers.'
      })
    ]
  })

const hostDifferences = (before: Topology, after: Topology): Difference[] =>
  after.apps.flatMap((app) => {
    const was = before.apps.find((one) => one.server === app.server)
    const uses = (connections: Record<string, number>) =>
      Object.keys(connections)
        .filter((id) => (connections[id] ?? 0) > 0)
        .sort()
        .join(', ')
    const [a, b] = [was ? uses(was.connections) : '', uses(app.connections)]
    // Connections come and go; another database does not.
    if (a === '' || b === '' || a === b) return []
    return [
      makeDifference({
        area: 'server',
        name: app.server,
        what: 'database',
        mark: app.server,
        old: a,
        new: b,
        consequence: 'answers',
        why: 'This host uses another database.'
      })
    ]
  })

/** What differs between two pictures of a move: servers, roles, links, bridge, DNS, hosts. Positions and counters are left out. Pure. */
export const comparePictures = (before: Topology, after: Topology): ComparedPictures => {
  const goneNodes = before.nodes.filter((node) => !after.nodes.some((one) => one.server === node.server))
  const come = after.nodes.filter((node) => !before.nodes.some((one) => one.server === node.server))
  return {
    gone: goneNodes.map((node) => ({ id: node.server, side: node.side, words: `was ${serverWords(node)}` })),
    differences: [
      ...come.map((node) =>
        makeDifference({
          area: 'server',
          name: node.server,
          what: 'server',
          server: node.server,
          old: null,
          new: serverWords(node),
          consequence: 'other',
          why: 'A server that was not part of the move.'
        })
      ),
      ...goneNodes.map((node) =>
        makeDifference({
          area: 'server',
          name: node.server,
          what: 'server',
          server: node.server,
          old: serverWords(node),
          new: null,
          consequence: 'capacity',
          why: 'Siteswap no longer looks at it; whoever uses it is no longer seen.'
        })
      ),
      ...linkDifferences(before, after),
      ...after.nodes.flatMap((node) => {
        const was = before.nodes.find((one) => one.server === node.server)
        return was ? nodeDifferences(was, node) : []
      }),
      ...bridgeDifferences(before, after),
      ...domainDifferences(before, after),
      ...hostDifferences(before, after)
    ]
  }
}
