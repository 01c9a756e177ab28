import type { ReactNode } from 'react'

/** Measured numbers side by side, of equal width. */
export function StatRow({ children }: { children: ReactNode }) {
  return <div className="stats">{children}</div>
}
