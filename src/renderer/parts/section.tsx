import type { ReactNode } from 'react'

/** A ruled group inside a panel: small title, words beside it, age or action at the right. */
export function Section({ title, sub, aside, children, small = true }: SectionProps) {
  return (
    <section className="sec">
      {(title || aside) && (
        <div className="sec-h">
          {title && (small ? <h3>{title}</h3> : <h2>{title}</h2>)}
          {sub && <span className="s12 t2 el">{sub}</span>}
          {aside && <span className="row end s11 t3 nw">{aside}</span>}
        </div>
      )}
      {children}
    </section>
  )
}

/** What a `Section` shows. */
export type SectionProps = {
  title?: ReactNode
  sub?: ReactNode
  aside?: ReactNode
  children?: ReactNode
  small?: boolean
}
