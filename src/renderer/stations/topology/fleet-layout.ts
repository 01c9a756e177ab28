import type { Move, SiteSide } from '../../../shared/move'
import { fleetLanes } from './fleet-lanes'
import { card, type Edges, gaps } from './forest'
import type { Layout, Rect } from './lanes'
import type { Box, Picture } from './picture'

const edge = 16
const padding = 24
const header = 38
const appHeight = 52
const between = 200
const domainHeight = 72

/** More databases than this on one site do not stand in one column. */
export const columnHolds = 6

/** True where a picture has so many databases that they are drawn in families. */
export const isFleet = (picture: Picture): boolean =>
  (['old', 'new'] as const).some((side) => databasesOf(picture, side).length > columnHolds)

const databasesOf = (picture: Picture, side: SiteSide): string[] =>
  picture.boxes.flatMap((box) => (box.kind === 'database' && box.side === side ? [box.id] : []))

const isApp = (box: Box, side: SiteSide): boolean =>
  (box.kind === 'app' || (box.kind === 'ghost' && box.of !== 'database')) && box.side === side

/** The lanes of a picture reach the lower edge of its room; places stay, and what reaches it anyway is the same object. Pure. */
export const inRoom = (layout: Layout, room: { height: number }): Layout => {
  const bottom = room.height - 24
  if (bottom + 24 <= layout.height) return layout
  const { old, new: fresh } = layout.lanes
  const lanes = { old: { ...old, height: bottom }, new: { ...fresh, height: bottom } }
  return { ...layout, height: bottom + 24, lanes }
}

/** Places of a picture with many databases, whatever room it has. Pure. */
export const fleetLayoutOf = (picture: Picture, hand: Move['layout'], edges: Edges): Layout => {
  const rest = picture.boxes.flatMap((box) =>
    box.kind === 'gone' || (box.kind === 'ghost' && box.of === 'database') ? [box] : []
  )
  const idsOf = (side: SiteSide) => [
    ...databasesOf(picture, side),
    ...rest.flatMap((box) => (box.side === side ? [box.id] : []))
  ]
  const many = fleetLanes({ old: idsOf('old'), new: idsOf('new') }, edges, picture.pairs)
  const widths = { old: many.widths.old + 2 * padding, new: many.widths.new + 2 * padding }
  const lanes = {
    old: { x: edge, y: 12, width: widths.old, height: 0 },
    new: { x: edge + widths.old + between, y: 12, width: widths.new, height: 0 }
  }
  const rects: Record<string, Rect> = {}
  let appsBottom = header
  for (const side of ['old', 'new'] as const) {
    const columns = Math.max(1, Math.floor((widths[side] - 2 * padding + gaps.column) / (card.width + gaps.column)))
    picture.boxes
      .filter((box) => isApp(box, side))
      .forEach((box, index) => {
        const y = header + 12 + Math.floor(index / columns) * (appHeight + 16)
        const x = padding + (index % columns) * (card.width + gaps.column)
        rects[box.id] = { x, y, width: card.width, height: appHeight }
        appsBottom = Math.max(appsBottom, y + appHeight)
      })
  }
  const domains = picture.boxes.filter((box) => box.kind === 'domain')
  domains.forEach((box, index) => {
    rects[box.id] = {
      x: edge + widths.old + 8,
      y: 12 + header + index * (domainHeight + 8),
      width: between - 16,
      height: domainHeight
    }
  })
  const domainsBottom = domains.length ? header + domains.length * (domainHeight + 8) : 0
  const first = Math.max(appsBottom, domainsBottom) + gaps.rank
  const tops: Record<string, number> = {}
  for (const side of ['old', 'new'] as const)
    for (const id of idsOf(side)) {
      const place = many.places[id]
      if (!place) continue
      rects[id] = { x: padding + place.x, y: first + place.y, width: card.width, height: card.height }
      tops[id] = lanes[side].y + first + place.top
    }
  for (const box of picture.boxes) {
    const rect = rects[box.id]
    if (!rect || box.kind === 'domain') continue
    const moved = hand[box.id]
    const x = moved ? Math.min(Math.max(moved.x, 8), widths[box.side] - 8 - rect.width) : rect.x
    const y = moved ? Math.max(moved.y, header + 8) : rect.y
    rects[box.id] = { ...rect, x: lanes[box.side].x + x, y: lanes[box.side].y + y }
    if (moved) tops[box.id] = lanes[box.side].y + y
  }
  for (const side of ['old', 'new'] as const) {
    const columns = Math.max(1, Math.floor((widths[side] - 2 * padding + gaps.column) / (card.width + gaps.column)))
    picture.boxes
      .filter((box) => box.kind === 'found' && box.side === side)
      .forEach((box, index) => {
        const y = first + many.height + gaps.rank + Math.floor(index / columns) * (appHeight + 16)
        const x = padding + (index % columns) * (card.width + gaps.column)
        rects[box.id] = { x: lanes[side].x + x, y: lanes[side].y + y, width: card.width, height: appHeight }
      })
  }
  const bottom = Math.max(
    first + many.height + padding,
    ...Object.values(rects).map((rect) => rect.y + rect.height + padding)
  )
  lanes.old.height = bottom
  lanes.new.height = bottom
  return {
    width: 2 * edge + widths.old + widths.new + between,
    height: bottom + 24,
    lanes,
    rects,
    tops
  }
}
