import type { ReactNode } from 'react'

/** The grid of a window: top bar, rail, main room, activity bar. Without `rail` the main room takes its place. */
export function AppFrame({ top, rail, activity, children }: AppFrameProps) {
  return (
    <div className={rail ? 'app' : 'app no-rail'}>
      {top}
      {rail}
      <main className="main">{children}</main>
      {activity}
    </div>
  )
}

/** The slots of `AppFrame`: `TopBar`, `Rail`, `ActivityBar` and the station. */
export type AppFrameProps = { top: ReactNode; rail?: ReactNode; activity: ReactNode; children: ReactNode }
