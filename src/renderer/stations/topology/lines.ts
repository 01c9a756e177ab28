import type { SiteSide } from '../../../shared/move'
import type { BridgeState, Topology, TopologyLink } from '../../../shared/topology'
import { acrossFleet, insideFleet, isStraight } from './fleet-lines'
import { foundLines } from './found-lines'
import type { Layout, Rect } from './lanes'
import type { Box, Picture } from './picture'
import { isNotStarted } from './trouble-of'

/** `late`: further behind than it may be; `waits`: connecting; `idle`: not started yet. */
export type LineLook =
  | 'from-old'
  | 'from-new'
  | 'inside'
  | 'late'
  | 'waits'
  | 'idle'
  | 'stop'
  | 'broken'
  | 'app'
  | 'plan'
  | 'pair'
  | 'bridge'
  | 'bridge-down'

/** One line of the picture with the place of its label. */
export interface Line {
  id: string
  kind: 'link' | 'app' | 'domain' | 'pair' | 'bridge' | 'found'
  /** How it is drawn; the site colour is the source's, and that of a link that does not run as it should is its state's. */
  look: LineLook
  path: string
  arrow: boolean
  label: { x: number; y: number; on: 'bg' | 'lane' } | null
  link: TopologyLink | null
  count: number | null
}

const middle = (rect: Rect): number => rect.x + rect.width / 2

/** How a link is drawn: by its state, and by the site it comes from where it runs. */
export const lookOf = (link: TopologyLink, sideOf: (id: string) => SiteSide | undefined): LineLook => {
  switch (link.state) {
    case 'broken':
      return 'broken'
    case 'stopped':
      return isNotStarted(link) ? 'idle' : 'stop'
    case 'connecting':
      return 'waits'
    case 'lagging':
      return 'late'
    case 'running':
      if (!link.crossesSites) return 'inside'
      return sideOf(link.source) === 'old' ? 'from-old' : 'from-new'
    default:
      return link.state satisfies never
  }
}

/** Across the gap: straight when the ends stand on one height, one corner pair in the middle otherwise. */
const across = (from: Rect, to: Rect, share: number): { path: string; x: number; y: number } => {
  const rightward = from.x < to.x
  const x1 = rightward ? from.x + from.width : from.x
  const x2 = rightward ? to.x : to.x + to.width
  const y1 = from.y + from.height * share
  const y2 = to.y + to.height * share
  const half = (x1 + x2) / 2
  if (Math.abs(y1 - y2) < 1) return { path: `M${x1} ${y1}H${x2}`, x: half, y: y1 }
  return { path: `M${x1} ${y1}H${half}V${y2}H${x2}`, x: half, y: (y1 + y2) / 2 }
}

/** Inside a lane: straight down to the next one, otherwise along the lane's outer edge so that no server is crossed. */
const inside = (from: Rect, to: Rect, lane: Rect, between: boolean): { path: string; x: number; y: number } => {
  const x = middle(from)
  if (to.y > from.y && !between && Math.abs(middle(to) - x) < from.width / 2) {
    const end = middle(to)
    const half = (from.y + from.height + to.y) / 2
    const path =
      end === x ? `M${x} ${from.y + from.height}V${to.y}` : `M${x} ${from.y + from.height}V${half}H${end}V${to.y}`
    return { path, x: end === x ? x : (x + end) / 2, y: half }
  }
  const gutter = lane.x + 6
  const y1 = from.y + from.height - 16
  const y2 = to.y + 16
  return { path: `M${from.x} ${y1}H${gutter}V${y2}H${to.x}`, x: to.x + 56, y: to.y - 12 }
}

const linkLines = (picture: Picture, layout: Layout): Line[] => {
  const sides = new Map(picture.boxes.flatMap((box) => (box.kind === 'database' ? [[box.id, box.side] as const] : [])))
  const sideOf = (id: string) => sides.get(id)
  const heights = { old: [] as number[], new: [] as number[] }
  for (const [id, side] of sides) heights[side].push(layout.rects[id]?.y ?? 0)
  let crossing = 0
  const wayOf = (link: TopologyLink, from: Rect, to: Rect, side: SiteSide) => {
    if (link.crossesSites)
      return isStraight(layout, link)
        ? across(from, to, side === 'old' ? 0.27 : 0.73)
        : acrossFleet(layout, link, from, to, crossing++)
    if (layout.tops) return insideFleet(layout, link, from, to, side === 'old')
    return inside(
      from,
      to,
      layout.lanes[side],
      heights[side].some((y) => y > from.y && y < to.y)
    )
  }
  return picture.links.flatMap((link): Line[] => {
    const from = layout.rects[link.source]
    const to = layout.rects[link.replica]
    const side = sideOf(link.source)
    if (!from || !to || !side) return []
    const way = wayOf(link, from, to, side)
    return [
      {
        id: link.id,
        kind: 'link',
        look: lookOf(link, sideOf),
        path: way.path,
        arrow: true,
        label: { x: way.x, y: way.y, on: link.crossesSites ? 'bg' : 'lane' },
        link,
        count: null
      }
    ]
  })
}

/** Hosts of a lane hang on one bus between their columns, which leads to each database they use. */
const appLines = (picture: Picture, layout: Layout): Line[] => {
  const lines: Line[] = []
  for (const side of ['old', 'new'] as const) {
    const lane = layout.lanes[side]
    const apps = picture.boxes.filter((box) => box.kind === 'app').filter((box) => box.side === side)
    const targets = new Set(
      apps.flatMap((box) => Object.entries(box.app?.connections ?? {}).flatMap(([id, n]) => (n > 0 ? [id] : [])))
    )
    for (const target of targets) {
      const to = layout.rects[target]
      const users = apps.filter((box) => (box.app?.connections[target] ?? 0) > 0)
      const count = users.reduce((sum, box) => sum + (box.app?.connections[target] ?? 0), 0)
      if (!to) continue
      const bus = lane.x + lane.width / 2
      const tops = users.flatMap((box) => layout.rects[box.id] ?? [])
      const stubs = tops.map(
        (rect) => `M${middle(rect) < bus ? rect.x + rect.width : rect.x} ${rect.y + rect.height / 2}H${bus}`
      )
      const first = Math.min(...tops.map((rect) => rect.y + rect.height / 2))
      const lowest = Math.max(...tops.map((rect) => rect.y + rect.height))
      const local = to.x >= lane.x && to.x < lane.x + lane.width
      const turn = lowest + 20
      const gate = side === 'old' ? to.x : to.x + to.width
      const end = local ? `V${to.y}` : `V${turn}H${(bus + gate) / 2}V${to.y + to.height / 2}H${gate}`
      const straight = local && Math.abs(middle(to) - bus) > to.width / 2 ? `V${turn}H${middle(to)}V${to.y}` : end
      lines.push({
        id: `app-${side}-${target}`,
        kind: 'app',
        look: 'app',
        path: `${stubs.join('')}M${bus} ${first}${straight}`,
        arrow: true,
        label: { x: bus, y: local ? (lowest + to.y) / 2 : turn, on: 'lane' },
        link: null,
        count
      })
    }
  }
  return lines
}

const domainLines = (picture: Picture, layout: Layout): Line[] =>
  picture.boxes.flatMap((box) => {
    const rect = box.kind === 'domain' ? layout.rects[box.id] : undefined
    if (box.kind !== 'domain' || !rect) return []
    return (['old', 'new'] as const).map((side): Line => {
      const lane = layout.lanes[side]
      const y = rect.y + rect.height / 2
      const path = side === 'old' ? `M${rect.x} ${y}H${lane.x + lane.width}` : `M${rect.x + rect.width} ${y}H${lane.x}`
      const used = box.pointsTo === side || box.pointsTo === 'both'
      return {
        id: `${box.id}-${side}`,
        kind: 'domain',
        look: used ? 'app' : 'plan',
        path,
        arrow: true,
        label: null,
        link: null,
        count: null
      }
    })
  })

const pairLines = (picture: Picture, layout: Layout): Line[] =>
  picture.pairs.flatMap((pair, index): Line[] => {
    const old = layout.rects[pair.old]
    const target = layout.rects[pair.new]
    const linked = picture.links.some(
      (link) =>
        (link.source === pair.old && link.replica === pair.new) ||
        (link.source === pair.new && link.replica === pair.old)
    )
    if (!old || !target || linked) return []
    const way = across(old, target, 0.5)
    return [
      {
        id: `pair-${pair.old}`,
        kind: 'pair',
        look: 'pair',
        path: way.path,
        arrow: false,
        label: { x: way.x, y: way.y, on: 'bg' },
        link: null,
        count: index + 1
      }
    ]
  })

/** The tunnel: two double lines across the gap, between which the links of the main pair run. */
export const bridgeFrame = (picture: Picture, layout: Layout, bridge: BridgeState | undefined): Rect | null => {
  const old = picture.mainPair ? layout.rects[picture.mainPair.old] : undefined
  const target = picture.mainPair ? layout.rects[picture.mainPair.new] : undefined
  if (!old || !target || !bridge || bridge.kind === 'absent') return null
  const x = layout.lanes.old.x + layout.lanes.old.width
  const top = Math.min(old.y, target.y)
  const bottom = Math.max(old.y + old.height, target.y + target.height)
  return { x, y: top, width: layout.lanes.new.x - x, height: bottom - top }
}

const bridgeLines = (frame: Rect | null, bridge: BridgeState | undefined): Line[] => {
  if (!frame || !bridge) return []
  const { x, y, width, height } = frame
  const rail = (at: number) => `M${x} ${at}h${width}M${x} ${at + 3}h${width}`
  const look = bridge.kind === 'up' ? 'bridge' : 'bridge-down'
  return [
    {
      id: 'bridge',
      kind: 'bridge',
      look,
      path: rail(y + 1.5) + rail(y + height - 4.5),
      arrow: false,
      label: null,
      link: null,
      count: null
    }
  ]
}

/** Every line of the picture, orthogonal, from boxes and their places. Pure. */
export const linesOf = (picture: Picture, layout: Layout, topology: Topology | null): Line[] => [
  ...bridgeLines(bridgeFrame(picture, layout, topology?.bridge), topology?.bridge),
  ...domainLines(picture, layout),
  ...appLines(picture, layout),
  ...pairLines(picture, layout),
  ...foundLines(picture, layout),
  ...linkLines(picture, layout)
]

/** The box nearest in a direction: how arrows walk. Boxes joined by a line come before those that only stand there. */
export const neighbour = (
  layout: Layout,
  boxes: readonly Box[],
  from: string,
  direction: 'left' | 'right' | 'up' | 'down',
  joined: (a: string, b: string) => boolean
): string | null => {
  const here = layout.rects[from]
  if (!here) return null
  const centre = (rect: Rect) => ({ x: middle(rect), y: rect.y + rect.height / 2 })
  const at = centre(here)
  let best: { id: string; cost: number } | null = null
  for (const box of boxes) {
    const rect = layout.rects[box.id]
    if (!rect || box.id === from) continue
    const to = centre(rect)
    const along = { left: at.x - to.x, right: to.x - at.x, up: at.y - to.y, down: to.y - at.y }[direction]
    const aside = direction === 'left' || direction === 'right' ? Math.abs(to.y - at.y) : Math.abs(to.x - at.x)
    const isJoined = joined(from, box.id)
    // Only what lies that way: a line that leads there may bend more, up and down as far as it likes.
    const bends = isJoined && (direction === 'up' || direction === 'down' || aside <= along * 4)
    if (along < 8 || (aside > along * 2 && !bends)) continue
    const cost = isJoined ? (along + aside) / 1000 : along + aside * 2
    if (!best || cost < best.cost) best = { id: box.id, cost }
  }
  return best?.id ?? null
}
