import type { ReactFlowInstance } from '@xyflow/react'
import type { Layout } from './lanes'
import { neighbour } from './lines'
import type { BoxNode } from './nodes/box-view'
import type { Picture } from './picture'

export const directions = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' } as const
export type Direction = (typeof directions)[keyof typeof directions]

/** Who is joined with whom, by a link or as a pair. */
const joinedIn = (picture: Picture): ((a: string, b: string) => boolean) => {
  const joined = new Set<string>()
  for (const link of picture.links) joined.add(`${link.source} ${link.replica}`)
  for (const pair of picture.pairs) joined.add(`${pair.old} ${pair.new}`)
  return (a, b) => joined.has(`${a} ${b}`) || joined.has(`${b} ${a}`)
}

/** The box that an arrow leads to from another: along its links first. */
export const nextBox = (picture: Picture, layout: Layout, from: string, direction: Direction): string | null =>
  neighbour(layout, picture.boxes, from, direction, joinedIn(picture))

const twoFrames = (then: () => void): void => {
  requestAnimationFrame(() => requestAnimationFrame(then))
}

/** Moves the canvas so that a box is in sight, if it is not, and then puts the focus on it if wanted. */
export const bringIntoSight = (
  id: string,
  layout: Layout,
  room: { width: number; height: number },
  flow: ReactFlowInstance<BoxNode>,
  canvas: HTMLElement | null,
  focus: boolean
): void => {
  const rect = layout.rects[id]
  if (!rect) return
  const { x, y, zoom } = flow.getViewport()
  const left = rect.x * zoom + x
  const top = rect.y * zoom + y
  const inSight =
    left >= 0 && top >= 0 && left + rect.width * zoom <= room.width && top + rect.height * zoom <= room.height
  const put = () => {
    const found = canvas?.querySelector<HTMLElement>(`[data-box="${CSS.escape(id)}"]`)
    if (focus) found?.focus({ preventScroll: true })
  }
  if (inSight) {
    put()
    return
  }
  void flow.setCenter(rect.x + rect.width / 2, rect.y + rect.height / 2, { zoom })
  // A box out of sight is not in the document: it has to be drawn first.
  twoFrames(put)
}
