/** The size of a card where there are many, and the room between cards, ranks and families. */
export const card = { width: 200, height: 104 }
export const gaps = { column: 28, row: 28, rank: 52, family: 56 }

/** Where a server stands inside its family; `top` is the upper edge of its rank, above which lines run. */
export interface Place {
  x: number
  y: number
  top: number
}

/** Servers joined by links, placed by replication depth; the first one stands at the edge that faces the other site. */
export interface Family {
  ids: string[]
  width: number
  height: number
  places: Record<string, Place>
}

/** Who follows whom: source, replica. */
export type Edges = readonly (readonly [source: string, replica: string])[]

interface Kin {
  sources: Map<string, string[]>
  replicas: Map<string, string[]>
}

const kinOf = (ids: readonly string[], edges: Edges): Kin => {
  const known = new Set(ids)
  const kin: Kin = { sources: new Map(), replicas: new Map() }
  const put = (map: Map<string, string[]>, key: string, value: string) => {
    const list = map.get(key)
    if (!list) map.set(key, [value])
    else if (!list.includes(value)) list.push(value)
  }
  for (const [source, replica] of edges) {
    if (source === replica || !known.has(source) || !known.has(replica)) continue
    put(kin.replicas, source, replica)
    put(kin.sources, replica, source)
  }
  return kin
}

/** Sets of servers that are joined by links, in the order of their first member. */
const componentsOf = (ids: readonly string[], kin: Kin): string[][] => {
  const seen = new Set<string>()
  return ids.flatMap((id): string[][] => {
    if (seen.has(id)) return []
    const members = [id]
    seen.add(id)
    for (let at = 0; at < members.length; at += 1) {
      const one = members[at] ?? ''
      for (const other of [...(kin.replicas.get(one) ?? []), ...(kin.sources.get(one) ?? [])])
        if (!seen.has(other)) {
          seen.add(other)
          members.push(other)
        }
    }
    return [members]
  })
}

/** Each server under one of its sources: a ring is cut where it closes, and everybody is reached. */
const treeOf = (members: readonly string[], kin: Kin, first: string | null) => {
  const order = first !== null && members.includes(first) ? [first, ...members.filter((id) => id !== first)] : members
  const roots = order.filter((id) => id === first || !kin.sources.has(id))
  const children = new Map<string, string[]>()
  const seen = new Set<string>()
  const walk = (starts: readonly string[]) => {
    let rank = starts.filter((id) => !seen.has(id))
    for (const id of rank) seen.add(id)
    while (rank.length > 0) {
      const next: string[] = []
      for (const id of rank)
        for (const replica of kin.replicas.get(id) ?? []) {
          if (seen.has(replica)) continue
          seen.add(replica)
          children.set(id, [...(children.get(id) ?? []), replica])
          next.push(replica)
        }
      rank = next
    }
  }
  walk(roots)
  for (const id of order)
    if (!seen.has(id)) {
      roots.push(id)
      walk([id])
    }
  return { roots, children }
}

/** How many columns a block of so many cards has; the larger `spread`, the wider it is. */
const columnsFor = (count: number, spread: number): number =>
  Math.max(1, Math.min(count, Math.ceil(Math.sqrt(count * spread))))

const pitch = { x: card.width + gaps.column, y: card.height + gaps.row }
const widthOf = (columns: number): number => (columns === 0 ? 0 : columns * pitch.x - gaps.column)
const heightOf = (rows: number): number => (rows === 0 ? 0 : rows * pitch.y - gaps.row)

/** Cards in rows from a corner; answers how much room they take. */
const putBlock = (ids: readonly string[], x: number, y: number, spread: number, places: Record<string, Place>) => {
  const columns = columnsFor(ids.length, spread)
  ids.forEach((id, index) => {
    places[id] = { x: x + (index % columns) * pitch.x, y: y + Math.floor(index / columns) * pitch.y, top: y }
  })
  return { width: widthOf(columns), height: heightOf(Math.ceil(ids.length / columns)) }
}

/** Puts those that follow `parents` into the rank that begins at `y`, and theirs below; answers the room they take. */
const putBelow = (
  parents: readonly string[],
  children: ReadonlyMap<string, string[]>,
  x: number,
  y: number,
  spread: number,
  places: Record<string, Place>
): { width: number; bottom: number } => {
  const kids = parents.flatMap((parent) => children.get(parent) ?? [])
  if (kids.length === 0) return { width: 0, bottom: y - gaps.rank }
  const sources = kids.filter((id) => children.has(id))
  const leaves = kids.filter((id) => !children.has(id))
  // The rank is as high as its block of leaves, so that whoever follows a source stands below all of it.
  const rows = leaves.length === 0 ? 1 : Math.ceil(leaves.length / columnsFor(leaves.length, spread))
  const next = y + heightOf(rows) + gaps.rank
  let right = x
  let bottom = y + heightOf(rows)
  for (const id of sources) {
    places[id] = { x: right, y, top: y }
    const below = putBelow([id], children, right, next, spread, places)
    right += Math.max(card.width, below.width) + gaps.column
    bottom = Math.max(bottom, below.bottom)
  }
  if (leaves.length > 0) right += putBlock(leaves, right, y, spread, places).width + gaps.column
  return { width: right - gaps.column - x, bottom }
}

/** The families of a lane, in the order in which their first servers stand in the move. Pure; loops end. */
export const familiesOf = (ids: readonly string[], edges: Edges, first: string | null, spread = 1.4): Family[] => {
  const kin = kinOf(ids, edges)
  const components = componentsOf(ids, kin)
  const alone = components.filter((members) => members.length === 1 && members[0] !== first).flat()
  const families = components
    .filter((members) => members.length > 1 || members[0] === first)
    .map((members): Family => {
      const { roots, children } = treeOf(members, kin, first)
      const places: Record<string, Place> = {}
      const head = putBlock(roots, 0, 0, spread, places)
      const below = putBelow(roots, children, 0, head.height + gaps.rank, spread, places)
      return {
        ids: members,
        width: Math.max(head.width, below.width),
        height: Math.max(head.height, below.bottom),
        places
      }
    })
  if (alone.length > 0) {
    const places: Record<string, Place> = {}
    families.push({ ids: alone, ...putBlock(alone, 0, 0, spread, places), places })
  }
  const isFirst = (family: Family) => Number(first !== null && family.ids.includes(first))
  return families.sort((a, b) => isFirst(b) - isFirst(a))
}
