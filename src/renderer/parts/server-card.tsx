import type { ReactNode } from 'react'
import { type IconLike, IconSlot } from './icon-slot'
import type { MarkColour } from './mark-badge'

/** A server in a list: kind, name, state, second line and age; `ghost` is the place of one that is missing. */
export function ServerCard({
  icon,
  name,
  badges,
  mark,
  status,
  line,
  age,
  selected,
  ghost,
  onSelect
}: ServerCardProps) {
  return (
    <button
      type="button"
      className={`srv-card${selected ? ' sel' : ''}${ghost ? ' ghost' : ''}${mark ? ` marked ${mark}` : ''}`}
      aria-pressed={ghost ? undefined : (selected ?? false)}
      onClick={onSelect}
    >
      <IconSlot icon={icon} />
      <span className={ghost ? 'el' : 'el m'}>
        <b>{name}</b>
        {badges}
      </span>
      <span>{status}</span>
      <span className="line2 el">{line}</span>
      <span className="a age">{age}</span>
    </button>
  )
}

/** What a `ServerCard` shows. */
export type ServerCardProps = {
  icon: IconLike
  name: ReactNode
  badges?: ReactNode
  /** Colour of the band at its edge. */
  mark?: MarkColour
  status?: ReactNode
  line?: ReactNode
  age?: ReactNode
  selected?: boolean
  ghost?: boolean
  onSelect: () => void
}
