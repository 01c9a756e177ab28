import type { ReactNode } from 'react'
import { Logo } from './logo'

/** The top bar: name of the move (or the menu behind it), the picture in small, and what comes next. */
export function TopBar({ move, children, next }: TopBarProps) {
  return (
    <header className="top">
      {typeof move === 'string' ? (
        <div className="top-move">
          <Logo />
          <span className="el">{move}</span>
        </div>
      ) : (
        move
      )}
      {children}
      {next && <div className="top-next">{next}</div>}
    </header>
  )
}

/** The slots of `TopBar`; `children` is usually `TopSites`, `next` a `NextAction`. */
export type TopBarProps = { move: ReactNode; children?: ReactNode; next?: ReactNode }
