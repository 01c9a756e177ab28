import { gaps } from './forest'
import type { Layout, Rect } from './lanes'

const middle = (rect: Rect): number => rect.y + rect.height / 2

/** Where the lines to a card come down: beside it, on the side that faces the other site's lane. */
const trunkOf = (rect: Rect, isOld: boolean): number =>
  isOld ? rect.x + rect.width + gaps.column / 2 : rect.x - gaps.column / 2

const gutterOf = (layout: Layout, id: string, rect: Rect): number => (layout.tops?.[id] ?? rect.y) - gaps.rank / 2

/**
 * From a source down to the rank of its replica, along that rank's upper edge, and down beside the replica into its side.
 * No card is crossed where the replica stands below; a link that closes a ring goes up the same way.
 */
export const insideFleet = (
  layout: Layout,
  link: { source: string; replica: string },
  from: Rect,
  to: Rect,
  isOld: boolean
): { path: string; x: number; y: number } => {
  const gutter = gutterOf(layout, link.replica, to)
  const trunk = trunkOf(to, isOld)
  const into = isOld ? to.x + to.width : to.x
  const end = `H${trunk}V${middle(to)}H${into}`
  const label = { x: to.x + to.width / 2, y: to.y - gaps.row / 2 }
  const below = gutter > from.y + from.height
  const start = below
    ? `M${from.x + from.width / 2} ${from.y + from.height}V${gutter}`
    : `M${isOld ? from.x : from.x + from.width} ${middle(from)}H${isOld ? from.x - gaps.column / 2 : from.x + from.width + gaps.column / 2}V${gutter}`
  return { path: start + end, ...label }
}

/** Across the gap from a family that does not stand at it: up into the free room above, along, and down again. */
export const acrossFleet = (
  layout: Layout,
  link: { source: string; replica: string },
  from: Rect,
  to: Rect,
  slot: number
): { path: string; x: number; y: number } => {
  const shift = (slot % 6) * 4
  const up = gutterOf(layout, link.source, from) + shift - 10
  const down = gutterOf(layout, link.replica, to) + shift - 10
  const rightward = from.x < to.x
  const gap = rightward
    ? (layout.lanes.old.x + layout.lanes.old.width + layout.lanes.new.x) / 2
    : (layout.lanes.new.x + layout.lanes.old.x + layout.lanes.old.width) / 2
  const half = gap + shift
  const x1 = from.x + from.width / 2 + shift
  const x2 = to.x + to.width / 2 + shift
  return { path: `M${x1} ${from.y}V${up}H${half}V${down}H${x2}V${to.y}`, x: half, y: (up + down) / 2 }
}

/** True when a link across can be drawn straight: both ends stand at the edges of their lanes. */
export const isStraight = (layout: Layout, { source, replica }: { source: string; replica: string }): boolean => {
  if (!layout.tops) return true
  const oldEdge = layout.lanes.old.x + layout.lanes.old.width
  return [source, replica].every((id) => {
    const rect = layout.rects[id]
    return (
      rect !== undefined && (Math.abs(oldEdge - rect.x - rect.width) < 40 || Math.abs(rect.x - layout.lanes.new.x) < 40)
    )
  })
}
