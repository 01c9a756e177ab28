import type { ReactNode } from 'react'

/** The bar at the foot of the window: `left` is sessions and running work, `right` journal, clock and palette. */
export function ActivityBar({ left, right }: { left: ReactNode; right: ReactNode }) {
  return (
    <footer className="act">
      {left}
      <div className="sp" />
      {right}
    </footer>
  )
}
