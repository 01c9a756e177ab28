import type { ReactNode } from 'react'
import { type IconLike, IconSlot } from './icon-slot'

/** A server in a list: kind, name, state, second line and age; `ghost` is the place of one that is missing. */
export function ServerCard({ icon, name, status, line, age, selected, ghost, onSelect }: ServerCardProps) {
  return (
    <button
      type="button"
      className={`srv-card${selected ? ' sel' : ''}${ghost ? ' ghost' : ''}`}
      aria-pressed={ghost ? undefined : (selected ?? false)}
      onClick={onSelect}
    >
      <IconSlot icon={icon} />
      <span className={ghost ? 'el' : 'el m'}>
        <b>{name}</b>
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
  status?: ReactNode
  line?: ReactNode
  age?: ReactNode
  selected?: boolean
  ghost?: boolean
  onSelect: () => void
}
