import type { Layout, Rect } from './lanes'
import type { Line, LineLook } from './lines'
import type { FoundPicked, Picture } from './picture'

const looks: Record<FoundPicked['state'], LineLook> = {
  running: 'inside',
  connecting: 'waits',
  stopped: 'stop',
  broken: 'broken',
  told: 'plan'
}

const middle = (rect: Rect): number => rect.x + rect.width / 2

/** Between two columns, or along the nearer edge of the lane where both stand, so that no card is crossed; else across the gap. */
const wayOf = (from: Rect, to: Rect, lane: Rect): string => {
  const [y1, y2] = [from.y + from.height / 2, to.y + to.height / 2]
  const isIn = (rect: Rect) => rect.x >= lane.x && rect.x + rect.width <= lane.x + lane.width
  if (isIn(from) && isIn(to)) {
    if (from.width === to.width && from.x !== to.x) {
      const [x1, x2] = from.x < to.x ? [from.x + from.width, to.x] : [from.x, to.x + to.width]
      return `M${x1} ${y1}H${(x1 + x2) / 2}V${y2}H${x2}`
    }
    // The one that fills no lane says at which edge.
    const narrow = from.width < to.width ? from : to
    const left = middle(narrow) <= lane.x + lane.width / 2
    const edge = left ? lane.x + 6 : lane.x + lane.width - 6
    const at = (rect: Rect) => (left ? rect.x : rect.x + rect.width)
    return `M${at(from)} ${y1}H${edge}V${y2}H${at(to)}`
  }
  const rightward = from.x < to.x
  const [x1, x2] = rightward ? [from.x + from.width, to.x] : [from.x, to.x + to.width]
  return `M${x1} ${y1}H${(x1 + x2) / 2}V${y2}H${x2}`
}

/** Who follows whom among servers outside the move. In a fleet the cards alone say it: lines would cross hundreds of others. Pure. */
export const foundLines = (picture: Picture, layout: Layout): Line[] => {
  if (layout.tops !== null) return []
  return (picture.foundLinks ?? []).flatMap((link): Line[] => {
    const [from, to] = [layout.rects[link.source], layout.rects[link.replica]]
    const outside = picture.boxes.find(
      (box) => box.kind === 'found' && (box.id === link.source || box.id === link.replica)
    )
    if (!from || !to || outside?.kind !== 'found') return []
    return [
      {
        id: link.id,
        kind: 'found',
        look: looks[link.state],
        path: wayOf(from, to, layout.lanes[outside.side]),
        arrow: true,
        ...{ label: null, link: null, count: null }
      }
    ]
  })
}
