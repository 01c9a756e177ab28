import { useRef } from 'react'
import type { Difference } from '../../../shared/topology-diff'
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

const none: Difference[] = []

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

const sameData = (a: BoxData, b: BoxData, level: Level): boolean =>
  a.selected === b.selected &&
  a.dim === b.dim &&
  a.pairing === b.pairing &&
  sameRect(a.rect, b.rect) &&
  sameList(a.differences, b.differences) &&
  sameBox(a.box, b.box, level)

/** Boxes as nodes of the canvas; one that looks as before is the same object as before, so that it is not drawn again. */
export const useBoxNodes = (
  picture: Picture,
  layout: Layout,
  mood: BoxMood,
  onOpen: (id: string) => void
): BoxNode[] => {
  const before = useRef<{ level: Level; byId: Map<string, BoxNode>; list: BoxNode[] }>({
    level: mood.level,
    byId: new Map(),
    list: []
  })
  const open = useRef(onOpen)
  open.current = onOpen
  const stable = useRef((id: string) => open.current(id))
  const marks = byMark(mood.marks)
  const from = mood.pairing === null ? undefined : picture.boxes.find((box) => box.id === mood.pairing)
  const sameLevel = before.current.level === mood.level
  const list = picture.boxes.flatMap((box): BoxNode[] => {
    const rect = layout.rects[box.id]
    if (!rect) return []
    const across = from?.kind === 'database' && box.kind === 'database' && box.side !== from.side
    const data: BoxData = {
      box,
      rect,
      selected: box.id === mood.selected,
      dim:
        (mood.bright !== null && !mood.bright.has(box.id)) ||
        (mood.pairing !== null && box.id !== mood.pairing && !across),
      pairing: box.id === mood.pairing ? 'source' : across ? 'target' : null,
      differences: marks.get(box.id) ?? none,
      onOpen: stable.current
    }
    const known = before.current.byId.get(box.id)
    if (known && sameLevel && sameData(known.data, data, mood.level)) return [known]
    return [
      {
        id: box.id,
        type: 'box',
        position: { x: rect.x, y: rect.y },
        width: rect.width,
        height: rect.height,
        draggable: box.kind === 'database' || box.kind === 'app',
        connectable: box.kind === 'database',
        selectable: false,
        focusable: false,
        data
      }
    ]
  })
  const nodes = sameLevel && sameList(list, before.current.list) ? before.current.list : list
  before.current = { level: mood.level, byId: new Map(nodes.map((node) => [node.id, node])), list: nodes }
  return nodes
}
