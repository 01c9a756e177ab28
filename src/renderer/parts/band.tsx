import type { ReactNode } from 'react'
import { type IconLike, IconSlot } from './icon-slot'
import type { NoteTone } from './note'

/** A tinted band under the top bar; the app has few: writes wait (amber), the new site takes writes (green), halted (red). */
export function Band({ tone, icon, title, sub, stop, children }: BandProps) {
  return (
    <section className={children ? `band ${tone}` : `band plain ${tone}`}>
      <div className="grow">
        <div className="row">
          <span className={`c-${tone}`}>
            <IconSlot icon={icon} />
          </span>
          <h2 className={children ? 's' : undefined}>{title}</h2>
          {sub && <span className="s12 t2 el">{sub}</span>}
        </div>
        {children}
      </div>
      {stop && <div className="stop">{stop}</div>}
    </section>
  )
}

/** What a `Band` holds; `stop` is the place of Abort at the right. */
export type BandProps = {
  tone: NoteTone
  icon: IconLike
  title: ReactNode
  sub?: ReactNode
  stop?: ReactNode
  children?: ReactNode
}
