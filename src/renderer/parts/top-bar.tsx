import type { ReactNode } from 'react'
import { Icon } from './icon'
import { Logo } from './logo'

/** The top bar: name of the move (opens the list of moves), the picture in small, and what comes next. */
export function TopBar({ moveName, onMove, children, next }: TopBarProps) {
  return (
    <header className="top">
      {onMove ? (
        <button type="button" className="top-move" onClick={onMove} title={`${moveName}: all moves`}>
          <Logo />
          <span className="el">{moveName}</span>
          <span className="end t3">
            <Icon name="chevron-down" size={12} />
          </span>
        </button>
      ) : (
        <div className="top-move">
          <Logo />
          <span className="el">{moveName}</span>
        </div>
      )}
      {children}
      {next && <div className="top-next">{next}</div>}
    </header>
  )
}

/** The slots of `TopBar`; `children` is usually `TopSites`, `next` a `NextAction`. */
export type TopBarProps = { moveName: string; onMove?: () => void; children?: ReactNode; next?: ReactNode }
