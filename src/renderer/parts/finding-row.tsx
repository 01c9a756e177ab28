import type { ReactNode } from 'react'
import { StatusIcon } from './status-icon'
import type { StatusKind } from './status-kind'

/** One finding or difference: verdict, title, where, age; a stop is bold. */
export function FindingRow({
  status,
  title,
  where,
  age,
  selected,
  onSelect,
  strong = status === 'stop'
}: FindingRowProps) {
  const classes = `frow${selected ? ' sel' : ''}${strong ? ' strong' : ''}`
  const content = (
    <>
      <StatusIcon status={status} label={true} />
      <span className="el">{title}</span>
      <span className="where">{where}</span>
      <span className="a age">{age}</span>
    </>
  )
  if (!onSelect) return <div className={classes}>{content}</div>
  return (
    <button type="button" className={classes} aria-pressed={selected ?? false} onClick={onSelect}>
      {content}
    </button>
  )
}

/** What a `FindingRow` shows. */
export type FindingRowProps = {
  status: StatusKind
  title: ReactNode
  where?: ReactNode
  age?: ReactNode
  selected?: boolean
  strong?: boolean
  onSelect?: () => void
}
