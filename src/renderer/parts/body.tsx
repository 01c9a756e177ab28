import type { ReactNode } from 'react'

/** The room under a station's head: columns beside each other, each scrolling by itself. */
export function Body({ children }: { children: ReactNode }) {
  return <div className="body">{children}</div>
}
