import type { ReactNode } from 'react'
import { Icon } from './icon'

/** Foot of the rail: the way back at this moment, in one sentence that says what is left as it was. */
export function WayBack({ title, children, action }: { title?: string; children: ReactNode; action?: ReactNode }) {
  return (
    <section className="wayback" aria-label="Way back">
      <div className="h">
        <Icon name="back" />
        {title ? `Way back: ${title}` : 'Way back'}
      </div>
      {children}
      {action && <div>{action}</div>}
    </section>
  )
}
