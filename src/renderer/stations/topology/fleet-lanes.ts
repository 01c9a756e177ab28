import type { SiteSide } from '../../../shared/move'
import { card, type Edges, type Family, familiesOf, gaps, type Place } from './forest'

/** The databases of both sites in families: each beside its counterpart, places from the left of its lane and from `0` down. */
export interface FleetLanes {
  widths: Record<SiteSide, number>
  height: number
  places: Record<string, Place>
}

interface Row {
  old: Family | null
  new: Family | null
}

/** Families of both sides, those of a pair beside each other. */
const rowsOf = (old: Family[], fresh: Family[], pairs: readonly { old: string; new: string }[]): Row[] => {
  const left = [...fresh]
  const rows = old.map((family): Row => {
    const members = new Set(family.ids)
    const partners = new Set(pairs.flatMap((pair) => (members.has(pair.old) ? [pair.new] : [])))
    const at = left.findIndex((one) => one.ids.some((id) => partners.has(id)))
    return { old: family, new: at < 0 ? null : (left.splice(at, 1)[0] ?? null) }
  })
  // Those without a counterpart fill the places across of others without one.
  for (const row of rows)
    row.new ??= row.old?.ids.some((id) => pairs.some((pair) => pair.old === id)) ? null : (left.shift() ?? null)
  return [...rows, ...left.map((family): Row => ({ old: null, new: family }))]
}

const heightOf = (shelf: readonly Row[]): number =>
  Math.max(...shelf.flatMap((row) => [row.old?.height ?? 0, row.new?.height ?? 0]))

const widthOf = (shelf: readonly Row[], side: SiteSide): number =>
  Math.max(0, shelf.reduce((sum, row) => sum + (row[side] ? row[side].width + gaps.family : 0), 0) - gaps.family)

const shelvesOf = (rows: readonly Row[], perShelf: number): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / perShelf) }, (_, at) => rows.slice(at * perShelf, (at + 1) * perShelf))

const sizeOf = (shelves: readonly Row[][]) => ({
  old: Math.max(card.width, ...shelves.map((shelf) => widthOf(shelf, 'old'))),
  new: Math.max(card.width, ...shelves.map((shelf) => widthOf(shelf, 'new'))),
  height: shelves.reduce((sum, shelf) => sum + heightOf(shelf) + gaps.family + gaps.rank, 0)
})

/** How wide blocks of replicas are tried to be. */
const spreads = [0.15, 0.4, 0.8, 1.4, 2.5, 5, 100]

/** The arrangement that is drawn largest on a screen of this shape: how wide blocks are, and how many families stand beside each other. */
const bestShelves = (rowsAt: (spread: number) => Row[], aspect: number): Row[][] => {
  let best: Row[][] = []
  let largest = 0
  for (const spread of spreads) {
    const rows = rowsAt(spread)
    for (let perShelf = 1; perShelf <= rows.length; perShelf += 1) {
      const shelves = shelvesOf(rows, perShelf)
      const { old, new: fresh, height } = sizeOf(shelves)
      const zoom = Math.min(aspect / (old + fresh + 2 * gaps.family), 1 / (height + 2 * gaps.family))
      if (zoom <= largest) continue
      best = shelves
      largest = zoom
    }
  }
  return best
}

/** Places for many servers. Pure; depends on servers, links and pairs alone. */
export const fleetLanes = (
  servers: Record<SiteSide, readonly string[]>,
  edges: Edges,
  pairs: readonly { old: string; new: string }[],
  aspect = 1.25
): FleetLanes => {
  const first = pairs[0] ?? null
  const rowsAt = (spread: number): Row[] =>
    rowsOf(
      familiesOf(servers.old, edges, first?.old ?? null, spread),
      familiesOf(servers.new, edges, first?.new ?? null, spread),
      pairs
    )
  const shelves = bestShelves(rowsAt, aspect)
  const size = sizeOf(shelves)
  const places: Record<string, Place> = {}
  let top = 0
  for (const shelf of shelves) {
    const from = { old: 0, new: 0 }
    shelf.forEach((row) => {
      for (const side of ['old', 'new'] as const) {
        const family = row[side]
        if (!family) continue
        for (const id of family.ids) {
          const place = family.places[id]
          if (!place) continue
          const x = from[side] + place.x
          // The old site is drawn the other way round, so that both sites' writers face each other.
          places[id] = {
            x: side === 'old' ? size.old - x - card.width : x,
            y: top + place.y,
            top: top + place.top
          }
        }
        from[side] += family.width + gaps.family
      }
    })
    top += heightOf(shelf) + gaps.family + gaps.rank
  }
  return {
    widths: { old: size.old, new: size.new },
    height: Math.max(card.height, top - gaps.family - gaps.rank),
    places
  }
}
