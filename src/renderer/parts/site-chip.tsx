import type { ReactNode } from 'react'
import { HalfDisc, type Side } from './half-disc'

/** Names the site something belongs to: half disc, then the name of the site or server. */
export function SiteChip({ side, children }: { side: Side; children: ReactNode }) {
  return (
    <span className={`chip ${side}`}>
      <HalfDisc side={side} size={12} />
      <span className="el">{children}</span>
    </span>
  )
}
