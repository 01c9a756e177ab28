/** Which of the two locations something belongs to; fixed for the whole move. */
export type Side = 'old' | 'new'

/** The sign of a site: left half filled is the old site, right half the new one; readable without colour. */
export function HalfDisc({ side, size = 16, label }: { side: Side; size?: 10 | 12 | 16 | 20; label?: string }) {
  return (
    <svg
      className={`i c-${side}`}
      style={{ width: size, height: size }}
      viewBox="0 0 16 16"
      role="img"
      aria-label={label ?? `${side} site`}
    >
      <circle cx="8" cy="8" r="6" />
      <path d={side === 'old' ? 'M8 2a6 6 0 0 0 0 12z' : 'M8 2a6 6 0 0 1 0 12z'} fill="currentColor" />
    </svg>
  )
}
