import { useRef } from 'react'
import type { Edges } from './forest'
import type { Picture } from './picture'

interface Structure {
  /** The servers and how often it was tidied: with another key everything is arranged anew. */
  key: string
  /** Whom each server followed inside its site when it was first heard. */
  sources: Map<string, readonly string[]>
  edges: Edges
}

/** Of each move, what its picture was arranged by: it outlives a look at another station. */
const arranged = new Map<string, Structure>()

/** The structure after a look: servers that were heard before keep whom they followed then. Pure but for what it is handed. */
export const structureAfter = (before: Structure | null, key: string, picture: Picture): Structure => {
  const known = before?.key === key ? before : null
  const sources = new Map(known?.sources)
  const heard = new Map<string, string[]>()
  for (const box of picture.boxes)
    if (box.kind === 'database' && box.node?.survey && !sources.has(box.id)) heard.set(box.id, [])
  for (const link of picture.links) if (!link.crossesSites) heard.get(link.replica)?.push(link.source)
  for (const [id, list] of heard) sources.set(id, list)
  if (known && sources.size === known.sources.size) return known
  const edges = [...sources].flatMap(([replica, list]) => list.map((source) => [source, replica] as const))
  return { key, sources, edges }
}

/**
 * The links by which servers are placed: each server's as they were when it first answered. They stay, so that nothing jumps
 * when a link comes or goes, until servers do or somebody tidies (`tidied` counts how often).
 */
export const useStructure = (moveId: string, picture: Picture, tidied: number): Edges => {
  const kept = useRef(arranged.get(moveId) ?? null)
  const key = [tidied, ...picture.boxes.flatMap((box) => (box.kind === 'database' ? [box.id] : []))].join(' ')
  const structure = structureAfter(kept.current, key, picture)
  kept.current = structure
  arranged.set(moveId, structure)
  return structure.edges
}
