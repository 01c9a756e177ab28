import type { ReactNode } from 'react'
import { type IconLike, IconSlot } from './icon-slot'
import { ProgressBar } from './progress-bar'

/** One fact of the activity bar; `share` (0 to 1) draws the bar of running work, `onPress` makes it a button. */
export function ActivityItem({ icon, children, share, after, onPress, title }: ActivityItemProps) {
  const content = (
    <>
      <IconSlot icon={icon} size={12} />
      <span className="el">{children}</span>
      {share !== undefined && (
        <ProgressBar share={share} label={typeof children === 'string' ? children : 'progress'} thin />
      )}
      {after}
    </>
  )
  if (!onPress) {
    return (
      <div className="ai" title={title}>
        {content}
      </div>
    )
  }
  return (
    <button type="button" className="ai" title={title} onClick={onPress}>
      {content}
    </button>
  )
}

/** What an `ActivityItem` shows. */
export type ActivityItemProps = {
  icon?: IconLike
  children: ReactNode
  share?: number
  after?: ReactNode
  onPress?: () => void
  title?: string
}
