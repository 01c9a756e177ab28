import { bridgeRateText } from '../../shared/line-words'
import { explainLinkError } from '../../shared/link-errors/link-errors'
import type { Move } from '../../shared/move'
import type { Topology, TopologyLink, TopologyNode } from '../../shared/topology'

/** The picture for a terminal: both sites, their servers, who follows whom. Text of servers comes out printable. */
export const topologyText = (move: Move, topology: Topology): string => {
  const lines: string[] = []
  for (const side of ['old', 'new'] as const) {
    const site = move[side]
    lines.push(`${site.name} (${side} site)`)
    const entries = site.servers
    if (entries.length === 0) lines.push('  no servers yet')
    for (const [index, entry] of entries.entries()) {
      const last = index === entries.length - 1
      const stem = last ? '  └─ ' : '  ├─ '
      const below = last ? '     ' : '  │  '
      const node = topology.nodes.find((candidate) => candidate.server === entry.id)
      if (node) {
        lines.push(stem + nodeText(entry.name, node, topology))
        for (const link of topology.links.filter((candidate) => candidate.replica === entry.id))
          lines.push(
            `${below}↳ ${linkText(link, move)}`,
            ...troubleText(link, move).map((line) => `${below}    ${line}`)
          )
      } else {
        const app = topology.apps.find((candidate) => candidate.server === entry.id)
        const counts = Object.entries(app?.connections ?? {}).filter(([, count]) => count > 0)
        const seen = counts.map(([server, count]) => `${count} on ${nameOf(move, server)}`).join(', ')
        lines.push(`${stem}${entry.name}  ${entry.kind}  ${seen ? `connections: ${seen}` : 'no connections seen'}`)
      }
    }
    if (side === 'old') lines.push(`     ║ bridge ${bridgeText(topology, move)}`)
  }
  const active = topology.active ? nameOf(move, topology.active) : null
  lines.push('')
  if (active) lines.push(`Takes writes: ${active}`)
  else if (topology.writable.length > 1)
    lines.push(`Takes writes: ${topology.writable.map((id) => nameOf(move, id)).join(' AND ')} — more than one`)
  else lines.push('Takes writes: nobody that is known')
  return `${lines.map(printable).join('\n')}\n`
}

const nodeText = (name: string, node: TopologyNode, topology: Topology): string => {
  const { survey, failure } = node
  if (!survey) return `${name}  database  ${failure ? `not reached: ${failure.failure.what}` : 'not asked yet'}`
  const role = survey.readOnly ? (survey.superReadOnly ? 'read-only (super)' : 'read-only') : 'takes writes'
  const flavour = survey.identity.flavour === 'mariadb' ? 'MariaDB' : 'MySQL'
  const rate = node.writesPerSecond.at(-1)
  const trip = topology.roundTripMs[node.server]
  const parts = [
    `${name}  ${role}`,
    `${flavour} ${survey.identity.versionNumbers.join('.')}`,
    survey.limits?.length ? `${survey.limits.map(({ name }) => name).join(', ')}: cannot be moved` : null,
    rate === null || rate === undefined ? null : `${rate.toFixed(rate < 10 ? 1 : 0)} row writes/s`,
    `${survey.connections.total}/${survey.connections.limit} connections`,
    trip === undefined ? null : `${trip.toFixed(1)} ms away`,
    `${((topology.at - survey.at) / 1000).toFixed(1)} s ago`,
    failure ? `NOW NOT REACHED: ${failure.failure.what}` : null
  ]
  return parts.filter((part) => part !== null).join('  ')
}

const linkText = (link: TopologyLink, move: Move): string => {
  const lag = link.lagSeconds === null ? 'lag unknown' : `lag ${link.lagSeconds.toFixed(2)} s`
  const error = link.status.applierError ?? link.status.receiverError
  const across = link.crossesSites ? ', through the bridge' : ''
  return `follows ${nameOf(move, link.source)}: ${link.state}, ${lag}${across}${error ? ` — ${error.code} ${error.text}` : ''}`
}

/** What the error of a link says, and what to try; nothing while it has none. */
const troubleText = (link: TopologyLink, move: Move): string[] => {
  const { applierError, receiverError, words } = link.status
  const error = applierError ?? receiverError
  if (!error) return []
  const { happened, tries, notOffered } = explainLinkError(error.code, {
    source: nameOf(move, link.source),
    replica: nameOf(move, link.replica),
    text: error.text,
    words,
    part: applierError ? 'applier' : 'receiver',
    crossesSites: link.crossesSites
  })
  return [
    happened,
    ...tries.flatMap((one) => [
      `try: ${one.title}${one.why ? `: ${one.why}` : '.'}`,
      ...(one.statements ?? []).map((statement) => `     ${one.server}> ${statement};`)
    ]),
    ...(notOffered ? [notOffered] : [])
  ]
}

const bridgeText = ({ bridge }: Topology, move: Move): string => {
  const trip = bridge.roundTripMs === null ? '' : `, ${bridge.roundTripMs.toFixed(1)} ms`
  const rate = bridge.throughput ? `, ${bridgeRateText(bridge.throughput, move.new.name, move.old.name)}` : ''
  return `${bridge.kind}${trip}${rate}${bridge.detail ? ` (${bridge.detail})` : ''}`
}

const nameOf = (move: Move, id: string): string =>
  [...move.old.servers, ...move.new.servers].find((server) => server.id === id)?.name ?? id

/** A server's words may hold escape sequences for the terminal. */
const printable = (line: string): string => line.replace(/\p{Cc}|\p{Cf}/gu, '·')
