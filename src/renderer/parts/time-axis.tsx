import { formatClock, formatLimit } from './format'

/** The time below a drawing whose right end is now: five marks over `spanMs`. */
export function TimeAxis({ left, plot, y, spanMs }: { left: number; plot: number; y: number; spanMs: number }) {
  return [0, 0.25, 0.5, 0.75, 1].map((share) => (
    <text
      key={share}
      className="ax"
      x={left + share * plot}
      y={y}
      textAnchor={share === 0 ? 'start' : share === 1 ? 'end' : 'middle'}
    >
      {share === 1 ? 'now' : `−${formatLimit((1 - share) * spanMs)}`}
    </text>
  ))
}

/** Where a hold began: a line with its clock time, on the side where there is room. */
export function HoldMark({ x, bottom, at }: { x: number; bottom: number; at: number }) {
  const roomBefore = x > 170
  return (
    <g>
      <line x1={x} x2={x} y1={4} y2={bottom} stroke="var(--att)" strokeDasharray="3 3" />
      <text
        className="ax"
        style={{ fill: 'var(--att)' }}
        x={x + (roomBefore ? -5 : 5)}
        y={12}
        textAnchor={roomBefore ? 'end' : 'start'}
      >
        hold {formatClock(at, true)}
      </text>
    </g>
  )
}
