import { useRef } from 'react'
import type { Edges } from './forest'
import { edgesOf } from './lanes'
import type { Picture } from './picture'

interface Structure {
  key: string
  edges: Edges
  /** Every server had answered, or failed to. */
  whole: boolean
}

/** Of each move, what its picture was arranged by: it outlives a look at another station. */
const arranged = new Map<string, Structure>()

const isWhole = (picture: Picture): boolean =>
  picture.boxes.every((box) => box.kind !== 'database' || box.node?.survey != null || box.node?.failure != null)

const sameEdges = (a: Edges, b: Edges): boolean =>
  a.length === b.length && a.every(([source, replica], index) => source === b[index]?.[0] && replica === b[index]?.[1])

/**
 * The links by which servers are placed: those of the first look at which everybody was asked. They stay, so that nothing
 * jumps when a link comes or goes, until servers do or somebody tidies (`tidied` counts how often).
 */
export const useStructure = (moveId: string, picture: Picture, tidied: number): Edges => {
  const key = [tidied, ...picture.boxes.flatMap((box) => (box.kind === 'database' ? [box.id] : []))].join(' ')
  const kept = useRef(arranged.get(moveId) ?? null)
  const known = kept.current?.key === key ? kept.current : null
  if (known?.whole) return known.edges
  const edges = edgesOf(picture)
  const structure: Structure = {
    key,
    edges: known && sameEdges(known.edges, edges) ? known.edges : edges,
    whole: isWhole(picture)
  }
  kept.current = structure
  arranged.set(moveId, structure)
  return structure.edges
}
