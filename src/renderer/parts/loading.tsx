import type { ReactNode } from 'react'
import { StatusIcon } from './status-icon'

/** Work that has begun and shows nothing yet: it says in words what is asked of whom; `rows` holds the place of what comes. */
export function Loading({ children, rows = 0 }: { children: ReactNode; rows?: number }) {
  return (
    <div role="status">
      <div className="loading">
        <StatusIcon status="running" />
        <span>{children}</span>
      </div>
      {rows > 0 && (
        <div className="skel" aria-hidden="true">
          {Array.from({ length: rows }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are alike
            <i key={index} style={{ width: `${88 - ((index * 17) % 40)}%` }} />
          ))}
        </div>
      )}
    </div>
  )
}
