import type { Move, SiteSide } from '../../../shared/move'
import { fleetLayoutOf, inRoom, isFleet } from './fleet-layout'
import type { Edges } from './forest'
import type { Box, Picture } from './picture'

export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

/** Where everything stands. Positions change only with the servers, the room and the hand, never with what servers say. */
export interface Layout {
  width: number
  height: number
  lanes: Record<SiteSide, Rect>
  rects: Record<string, Rect>
  /** Where there are many databases: the upper edge of each one's rank; null: they stand in columns. */
  tops: Readonly<Record<string, number>> | null
}

/** The links inside the sites, which decide who stands below whom. */
export const edgesOf = (picture: Picture): Edges =>
  picture.links.filter((link) => !link.crossesSites).map((link) => [link.source, link.replica] as const)

const edge = 16
const padding = 12
const header = 38
const appHeight = 52
const gap = 8
const domainHeight = 72

type Database = Extract<Box, { kind: 'database' }>

/** Databases of a lane from the top: a source before those that follow it, the main pair first. */
const inOrder = (picture: Picture, side: SiteSide, edges: Edges): string[] => {
  const boxes = picture.boxes.filter((box): box is Database => box.kind === 'database' && box.side === side)
  const isReplica = new Set(edges.map(([, replica]) => replica))
  const first = picture.mainPair?.[side]
  const roots = boxes
    .filter((box) => !isReplica.has(box.id) || box.id === first)
    .sort((a, b) => Number(b.id === first) - Number(a.id === first))
  const result: string[] = []
  const visit = (id: string) => {
    if (result.includes(id)) return
    result.push(id)
    for (const [source, replica] of edges) if (source === id && boxes.some((box) => box.id === replica)) visit(replica)
  }
  for (const box of roots) visit(box.id)
  // A ring has no root; nobody is left out.
  for (const box of boxes) visit(box.id)
  return result
}

/** Rows of both lanes, so that a pair stands on one line wherever that is possible. */
const rowsOf = (picture: Picture, edges: Edges): Record<string, number> => {
  const rows: Record<string, number> = {}
  const old = inOrder(picture, 'old', edges)
  old.forEach((id, row) => {
    rows[id] = row
  })
  const taken = new Set<number>()
  const target = inOrder(picture, 'new', edges)
  for (const id of target) {
    const partner = picture.pairs.find((pair) => pair.new === id)?.old
    const row = partner === undefined ? undefined : rows[partner]
    if (row === undefined || taken.has(row)) continue
    rows[id] = row
    taken.add(row)
  }
  let free = 0
  for (const id of target) {
    if (id in rows) continue
    while (taken.has(free)) free += 1
    rows[id] = free
    taken.add(free)
  }
  return rows
}

/** The picture's places for a room of this size. Pure. */
export const layoutOf = (
  picture: Picture,
  room: { width: number; height: number },
  hand: Move['layout'],
  edges: Edges = edgesOf(picture)
): Layout => {
  if (isFleet(picture)) return inRoom(fleetLayoutOf(picture, hand, edges), room)
  const minGap = room.width < 750 ? 136 : 168
  const laneWidth = Math.round(Math.min(456, Math.max(240, (room.width - 2 * edge - minGap) / 2)))
  const between = Math.max(minGap, room.width - 2 * edge - 2 * laneWidth)
  const lanes = {
    old: { x: edge, y: 12, width: laneWidth, height: 0 },
    new: { x: edge + laneWidth + between, y: 12, width: laneWidth, height: 0 }
  }
  const dbHeight = laneWidth >= 400 ? 124 : 104
  const rects: Record<string, Rect> = {}
  const column = (laneWidth - 2 * padding - gap) / 2
  let appsBottom = header + 12
  for (const side of ['old', 'new'] as const) {
    const apps = picture.boxes.filter(
      (box) => (box.kind === 'app' || (box.kind === 'ghost' && box.of !== 'database')) && box.side === side
    )
    // Web servers first, whatever the order in which they were added.
    const sorted = [...apps].sort((a, b) => Number(isOther(a)) - Number(isOther(b)))
    sorted.forEach((box, index) => {
      const y = header + 12 + Math.floor(index / 2) * (appHeight + 16)
      rects[box.id] = { x: padding + (index % 2) * (column + gap), y, width: column, height: appHeight }
      appsBottom = Math.max(appsBottom, y + appHeight)
    })
  }
  const domains = picture.boxes.filter((box) => box.kind === 'domain')
  const domainWidth = Math.min(between - 16, 260)
  domains.forEach((box, index) => {
    rects[box.id] = {
      x: edge + laneWidth + (between - domainWidth) / 2,
      y: 12 + header + index * (domainHeight + gap),
      width: domainWidth,
      height: domainHeight
    }
  })
  const domainsBottom = domains.length ? header + domains.length * (domainHeight + gap) : 0
  const rows = rowsOf(picture, edges)
  for (const side of ['old', 'new'] as const) {
    const ofSide = picture.boxes.filter((box) => box.kind === 'database' && box.side === side)
    let below = Math.max(-1, ...ofSide.map((box) => rows[box.id] ?? 0))
    for (const box of picture.boxes) if (box.kind === 'gone' && box.side === side) rows[box.id] = below += 1
  }
  const count = Math.max(1, ...Object.values(rows).map((row) => row + 1))
  const needed = Math.max(appsBottom + 56, domainsBottom + 64)
  const found = foundHeight(picture)
  const spare = room.height - 24 - padding - needed - count * dbHeight - (count - 1) * 56 - found
  const rowGap = 56 + Math.min(104, Math.max(0, spare / (count + 1)))
  const top = needed + Math.min(104, Math.max(0, spare / (count + 1)))
  for (const box of picture.boxes) {
    if (box.kind !== 'database' && box.kind !== 'gone' && !(box.kind === 'ghost' && box.of === 'database')) continue
    const row = rows[box.id] ?? 0
    rects[box.id] = {
      x: padding,
      y: Math.round(top + row * (dbHeight + rowGap)),
      width: laneWidth - 2 * padding,
      height: dbHeight
    }
  }
  const databasesBottom = Math.round(top + count * dbHeight + (count - 1) * rowGap)
  const bottom = Math.max(room.height - 24, databasesBottom + padding + found)
  for (const side of ['old', 'new'] as const)
    foundOn(picture, side).forEach((box, index) => {
      const y = bottom - padding - found + foundGap + Math.floor(index / 2) * (appHeight + 12)
      rects[box.id] = { x: padding + (index % 2) * (column + gap), y, width: column, height: appHeight }
    })
  for (const box of picture.boxes) {
    const rect = rects[box.id]
    if (!rect || box.kind === 'domain') continue
    const lane = lanes[box.side]
    const moved = hand[box.id]
    const x = moved ? Math.min(Math.max(moved.x, padding), laneWidth - padding - rect.width) : rect.x
    const y = moved ? Math.max(moved.y, header + 8) : rect.y
    rects[box.id] = { ...rect, x: lane.x + x, y: lane.y + y }
  }
  const lowest = Math.max(bottom, ...Object.values(rects).map((rect) => rect.y + rect.height))
  lanes.old.height = lowest
  lanes.new.height = lowest
  return { width: 2 * edge + 2 * laneWidth + between, height: lowest + 24, lanes, rects, tops: null }
}

const foundGap = 28

/** Servers beside the move stand in two columns at the foot of their lane. */
const foundOn = (picture: Picture, side: SiteSide): Box[] =>
  picture.boxes.filter((box) => box.kind === 'found' && box.side === side)

const foundHeight = (picture: Picture): number => {
  const rows = Math.max(...(['old', 'new'] as const).map((side) => Math.ceil(foundOn(picture, side).length / 2)))
  return rows === 0 ? 0 : foundGap + rows * (appHeight + 12)
}

const isOther = (box: Box): boolean =>
  (box.kind === 'app' && box.server.kind === 'other') || (box.kind === 'ghost' && box.of === 'other')
