import { useLayoutEffect, useRef, useState } from 'react'
import type { Difference } from '../../../shared/topology-diff'
import { BoxStore } from './box-store'
import type { Layout, Rect } from './lanes'
import type { Level } from './level'
import type { BoxData, BoxNode } from './nodes/box-view'
import type { Box, Picture } from './picture'

/** What is said of boxes beside what they are. */
export interface BoxMood {
  selected: string | null
  /** The boxes that stay bright; null: all. */
  bright: ReadonlySet<string> | null
  pairing: string | null
  marks: readonly Difference[]
  level: Level
}

const none = {}
const noDifferences: Difference[] = []

const byMark = (marks: readonly Difference[]): ReadonlyMap<string, Difference[]> => {
  const found = new Map<string, Difference[]>()
  for (const one of marks) if (one.mark) found.set(one.mark, [...(found.get(one.mark) ?? []), one])
  return found
}

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a === b || (a.length === b.length && a.every((one, index) => one === b[index]))

const sameRect = (a: Rect, b: Rect): boolean =>
  a === b || (a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height)

/** From far and from the middle a box is its name, role and trouble; ages and numbers are not drawn there. */
const sameBox = (a: Box, b: Box, level: Level): boolean => {
  if (a === b) return true
  if (a.kind !== 'database' || b.kind !== 'database') return false
  const seen = a.server === b.server && a.role === b.role && a.pair === b.pair && a.trouble?.words === b.trouble?.words
  return seen && (level !== 'near' || (a.node === b.node && a.follows === b.follows))
}

const sameData = (a: BoxData, b: BoxData): boolean =>
  a.level === b.level &&
  a.selected === b.selected &&
  a.dim === b.dim &&
  a.pairing === b.pairing &&
  sameRect(a.rect, b.rect) &&
  sameList(a.differences, b.differences) &&
  sameBox(a.box, b.box, b.level)

const sameNode = (node: BoxNode, rect: Rect, draggable: boolean): boolean =>
  node.position.x === rect.x &&
  node.position.y === rect.y &&
  node.width === rect.width &&
  node.height === rect.height &&
  node.draggable === draggable

const nodeOf = (box: Box, rect: Rect): BoxNode => ({
  id: box.id,
  type: 'box',
  position: { x: rect.x, y: rect.y },
  width: rect.width,
  height: rect.height,
  draggable: box.kind === 'database' || box.kind === 'app',
  connectable: box.kind === 'database',
  selectable: false,
  focusable: false,
  data: none
})

/** Boxes as nodes of the canvas, which change only with their places; what they say goes into the store, the same object while it looks the same. */
export const useBoxNodes = (
  picture: Picture,
  layout: Layout,
  mood: BoxMood,
  onOpen: (id: string) => void
): { nodes: BoxNode[]; store: BoxStore } => {
  const [store] = useState(() => new BoxStore())
  const nodes = useRef<BoxNode[]>([])
  const open = useRef(onOpen)
  open.current = onOpen
  const stable = useRef((id: string) => open.current(id))
  const marks = byMark(mood.marks)
  const from = mood.pairing === null ? undefined : picture.boxes.find((box) => box.id === mood.pairing)
  const said = new Map<string, BoxData>()
  const before = new Map(nodes.current.map((node) => [node.id, node]))
  const list = picture.boxes.flatMap((box): BoxNode[] => {
    const rect = layout.rects[box.id]
    if (!rect) return []
    const across = from?.kind === 'database' && box.kind === 'database' && box.side !== from.side
    const data: BoxData = {
      box,
      rect,
      level: mood.level,
      selected: box.id === mood.selected,
      dim:
        (mood.bright !== null && !mood.bright.has(box.id)) ||
        (mood.pairing !== null && box.id !== mood.pairing && !across),
      pairing: box.id === mood.pairing ? 'source' : across ? 'target' : null,
      differences: marks.get(box.id) ?? noDifferences,
      onOpen: stable.current
    }
    const known = store.get(box.id)
    said.set(box.id, known && sameData(known, data) ? known : data)
    const node = before.get(box.id)
    return [node && sameNode(node, rect, box.kind === 'database' || box.kind === 'app') ? node : nodeOf(box, rect)]
  })
  if (!sameList(list, nodes.current)) nodes.current = list
  store.put(said)
  useLayoutEffect(() => store.tell())
  return { nodes: nodes.current, store }
}
