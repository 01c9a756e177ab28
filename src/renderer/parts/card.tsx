import type { ReactNode } from 'react'
import { type IconLike, IconSlot } from './icon-slot'

/** A titled panel; never put one inside another. `flush` leaves the padding out (tables, stats), `danger` is for what has stopped. */
export function Card({ title, sub, aside, icon, flush, danger, children }: CardProps) {
  return (
    <section className={danger ? 'card dan' : 'card'}>
      {title && (
        <div className="ch">
          <IconSlot icon={icon} />
          <h2>{title}</h2>
          {sub && <span className="sub">{sub}</span>}
          {aside && <span className="aside">{aside}</span>}
        </div>
      )}
      {children && <div className={flush ? 'cb flush' : 'cb'}>{children}</div>}
    </section>
  )
}

/** What a `Card` shows. */
export type CardProps = {
  title?: ReactNode
  sub?: ReactNode
  aside?: ReactNode
  icon?: IconLike
  flush?: boolean
  danger?: boolean
  children?: ReactNode
}
