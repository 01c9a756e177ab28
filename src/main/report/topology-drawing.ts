import type { SiteSide } from '../../shared/move'
import type { AppNode, Topology, TopologyLink, TopologyNode } from '../../shared/topology'
import { html, type Markup, plain } from './markup'
import { grouped } from './plain-format'

const lane = { width: 320, gap: 220, head: 36, pad: 16 }
const total = lane.width * 2 + lane.gap
const node = { height: 64, step: 92 }
const app = { height: 40, step: 48 }

interface Placed {
  id: string
  x: number
  y: number
  height: number
}

const laneX = (side: SiteSide): number => (side === 'old' ? 0 : lane.width + lane.gap)
const cut = (text: string, most: number): string => {
  const visible = plain(text, 200)
  return visible.length > most ? `${visible.slice(0, most - 1)}…` : visible
}

/** Two lanes with their servers, the links between them, the bridge, and the hosts of the shop below. */
export const topologyDrawing = (topology: Topology, names: Record<SiteSide, string>): Markup => {
  const nodesOf = (side: SiteSide): TopologyNode[] => topology.nodes.filter((one) => one.side === side)
  const appsOf = (side: SiteSide): AppNode[] => topology.apps.filter((one) => one.side === side)
  const most = Math.max(nodesOf('old').length, nodesOf('new').length, 1)
  const appTop = lane.head + lane.pad + most * node.step
  const mostApps = Math.max(appsOf('old').length, appsOf('new').length)
  const height = appTop + mostApps * app.step + (mostApps > 0 ? 8 : -12)
  const places = new Map<string, Placed>()
  for (const side of ['old', 'new'] as const)
    nodesOf(side).forEach((one, index) => {
      places.set(one.server, {
        id: one.server,
        x: laneX(side) + lane.pad,
        y: lane.head + lane.pad + index * node.step,
        height: node.height
      })
    })
  const said = `${names.old} and ${names.new}: ${topology.active ? `${plain(topology.active)} takes writes` : 'no server takes writes'}, ${topology.links.length} links`
  return html`<svg class="topology" viewBox="0 0 ${total} ${height}" role="img" aria-label="${said}">
${(['old', 'new'] as const).map(
  (side) =>
    html`<g>${laneMarkup(side, names[side], height)}${nodesOf(side).map((one) => nodeMarkup(one, topology, places))}${appsOf(
      side
    ).map((one, index) => appMarkup(one, laneX(side) + lane.pad, appTop + index * app.step))}</g>`
)}
${bridgeMarkup(topology)}${topology.links.map((link, index) => linkMarkup(link, index, topology, places))}</svg>`
}

const laneMarkup = (side: SiteSide, name: string, height: number): Markup => {
  const x = laneX(side)
  const half = side === 'old' ? `M${x + 20} 12a6 6 0 0 0 0 12z` : `M${x + 20} 12a6 6 0 0 1 0 12z`
  return html`<rect class="lane" x="${x + 0.5}" y="1" width="${lane.width - 1}" height="${height - 2}" rx="8"/><path class="edge ${side}" d="M${x + 6} 1h${lane.width - 12}"/><circle class="half ${side}" cx="${x + 20}" cy="18" r="6"/><path class="fill-${side}" d="${half}"/><text class="site" x="${x + 34}" y="22">${cut(name, 28)} <tspan class="t2">${side}</tspan></text>`
}

const nodeMarkup = (one: TopologyNode, topology: Topology, places: Map<string, Placed>): Markup => {
  const at = places.get(one.server)
  if (!at) return html``
  const width = lane.width - lane.pad * 2
  const writes = topology.writable.includes(one.server)
  const { survey } = one
  const version = survey
    ? `${survey.identity.flavour === 'mariadb' ? 'MariaDB' : 'MySQL'} ${survey.identity.versionNumbers.join('.')}`
    : 'not reached'
  const connections = survey ? `${grouped(survey.connections.total)} connections` : (one.failure?.failure.what ?? '')
  const role = survey ? (writes ? 'takes writes' : 'read-only') : 'unknown'
  return html`<g><rect class="node${writes ? ` active ${one.side}` : ''}" x="${at.x + 0.5}" y="${at.y + 0.5}" width="${width - 1}" height="${node.height - 1}" rx="6"/><text class="name" x="${at.x + 12}" y="${at.y + 24}">${cut(one.server, 22)}</text><rect class="role${writes ? ` ${one.side}` : ''}" x="${at.x + width - 96}" y="${at.y + 10}" width="84" height="20" rx="4"/><text class="role${writes ? ' on' : ''}" x="${at.x + width - 54}" y="${at.y + 24}" text-anchor="middle">${role}</text><text class="small" x="${at.x + 12}" y="${at.y + 47}">${cut(`${version} · ${connections}`.replaceAll('\u202f', ' '), 44)}</text></g>`
}

const appMarkup = (one: AppNode, x: number, y: number): Markup => {
  const width = lane.width - lane.pad * 2
  const uses = Object.entries(one.connections)
    .filter(([, count]) => count > 0)
    .map(([server, count]) => `→ ${plain(server)} ${count}`)
  const words = one.failure ? one.failure.what : uses.length > 0 ? uses.join(', ') : 'no connections seen'
  return html`<g><rect class="app" x="${x + 0.5}" y="${y + 0.5}" width="${width - 1}" height="${app.height - 1}" rx="6"/><text class="name" x="${x + 12}" y="${y + 25}">${cut(one.server, 18)}</text><text class="small" x="${x + width - 12}" y="${y + 25}" text-anchor="end">${cut(words, 30)}</text></g>`
}

const bridgeMarkup = (topology: Topology): Markup => {
  if (topology.bridge.kind === 'absent') return html``
  const y = lane.head + lane.pad + node.height / 2
  const [left, right] = [lane.width, lane.width + lane.gap]
  const state = topology.bridge.kind === 'up' ? '' : ' down'
  const words =
    topology.bridge.roundTripMs === null
      ? `bridge ${topology.bridge.kind}`
      : `bridge ${topology.bridge.kind}, ${topology.bridge.roundTripMs.toFixed(1)} ms`
  return html`<path class="bridge${state}" d="M${left} ${y - 27}H${right}M${left} ${y + 27}H${right}"/><text class="small" x="${total / 2}" y="${y + 44}" text-anchor="middle">${words}</text>`
}

const linkWords = (link: TopologyLink): string => {
  if (link.state === 'running' || link.state === 'lagging')
    return link.lagSeconds === null ? `${link.state}, lag unknown` : `lag ${link.lagSeconds.toFixed(2)} s`
  return link.state
}

const linkMarkup = (link: TopologyLink, index: number, topology: Topology, places: Map<string, Placed>): Markup => {
  const [from, to] = [places.get(link.source), places.get(link.replica)]
  if (!from || !to) return html``
  const sideOf = (id: string): SiteSide => topology.nodes.find((one) => one.server === id)?.side ?? 'old'
  const bad = link.state === 'stopped' || link.state === 'broken' ? ' stopped' : ''
  const width = lane.width - lane.pad * 2
  if (sideOf(link.source) === sideOf(link.replica)) {
    const x = from.x + 24
    const [a, b] = from.y < to.y ? [from.y + from.height, to.y] : [from.y, to.y + to.height]
    return html`<path class="link${bad}" d="M${x} ${a}V${b}"/>${head(x, b, a < b ? 'down' : 'up', bad)}<text class="small" x="${x + 10}" y="${(a + b) / 2 + 4}">${linkWords(link)}</text>`
  }
  const right = sideOf(link.source) === 'old'
  // Two links between one pair run side by side.
  const shift = topology.links.filter((other) => other.crossesSites).length > 1 ? (index % 2 === 0 ? -11 : 11) : 0
  const [x1, x2] = right ? [from.x + width, to.x] : [from.x, to.x + width]
  const [y1, y2] = [from.y + from.height / 2 + shift, to.y + to.height / 2 + shift]
  const middle = (x1 + x2) / 2
  const path = y1 === y2 ? `M${x1} ${y1}H${x2}` : `M${x1} ${y1}H${middle}V${y2}H${x2}`
  const words = linkWords(link)
  return html`<path class="link ${sideOf(link.source)}${bad}" d="${path}"/>${head(x2, y2, right ? 'right' : 'left', bad || ` ${sideOf(link.source)}`)}<rect class="label" x="${middle - words.length * 3.3 - 6}" y="${(y1 + y2) / 2 - 8}" width="${words.length * 6.6 + 12}" height="16"/><text class="small" x="${middle}" y="${(y1 + y2) / 2 + 4}" text-anchor="middle">${words}</text>`
}

const head = (x: number, y: number, to: 'left' | 'right' | 'up' | 'down', tone: string): Markup => {
  const shape = { right: 'l-8-4v8z', left: 'l8-4v8z', down: 'l-4-8h8z', up: 'l-4 8h8z' }[to]
  return html`<path class="head${tone}" d="M${x} ${y}${shape}"/>`
}
