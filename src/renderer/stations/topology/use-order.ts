import { useEffect, useState } from 'react'
import type { Picture } from './picture'

const none: readonly string[] = []

interface ElkLike {
  layout(graph: unknown): Promise<{ children?: { id: string; x?: number; y?: number }[] }>
}

/** Asks elk for an order of databases with few crossings; only the order is taken, places stay on the lanes. */
const orderByElk = async (ids: readonly string[], edges: readonly [string, string][]): Promise<string[]> => {
  // elkjs is large and most moves have a handful of servers: it is fetched when there are more.
  const { default: Elk } = (await import('elkjs/lib/elk.bundled.js')) as unknown as { default: new () => ElkLike }
  const done = await new Elk().layout({
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES'
    },
    children: ids.map((id) => ({ id, width: 200, height: 100 })),
    edges: edges.map(([source, target], index) => ({ id: `e${index}`, sources: [source], targets: [target] }))
  })
  const at = new Map((done.children ?? []).map((child) => [child.id, { x: child.x ?? 0, y: child.y ?? 0 }]))
  const place = (id: string) => at.get(id) ?? { x: 0, y: 0 }
  return [...ids].sort((a, b) => place(a).y - place(b).y || place(a).x - place(b).x)
}

/** The order of many databases; empty while there are few, whose own order is good enough. Changes only with servers and links. */
export const useOrder = (picture: Picture): readonly string[] => {
  const ids = picture.boxes.flatMap((box) => (box.kind === 'database' ? [box.id] : []))
  const known = new Set(ids)
  const edges = picture.links
    .filter((link) => !link.crossesSites && known.has(link.source) && known.has(link.replica))
    .map((link): [string, string] => [link.source, link.replica])
  const key = ids.length > 6 ? JSON.stringify([ids, edges]) : ''
  const [order, setOrder] = useState<readonly string[]>(none)
  useEffect(() => {
    if (key === '') return setOrder(none)
    let wanted = true
    const [all, links] = JSON.parse(key) as [string[], [string, string][]]
    orderByElk(all, links).then(
      (found) => wanted && setOrder(found),
      () => wanted && setOrder(none)
    )
    return () => {
      wanted = false
    }
  }, [key])
  return order
}
