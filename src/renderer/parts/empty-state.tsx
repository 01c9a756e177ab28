import type { ReactNode } from 'react'
import { type IconLike, IconSlot } from './icon-slot'

/** What stands where nothing is yet: what is missing, what to do, and the button that does it. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className="empty">
      <IconSlot icon={icon} size={24} />
      <b>{title}</b>
      {children && <p>{children}</p>}
      {actions && <div className="acts">{actions}</div>}
    </div>
  )
}

/** What an `EmptyState` says. */
export type EmptyStateProps = { icon?: IconLike; title: ReactNode; children?: ReactNode; actions?: ReactNode }
