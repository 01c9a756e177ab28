import type { ReactNode } from 'react'
import { Icon } from './icon'
import { Status } from './status'
import type { StatusKind } from './status-kind'

/** The head of a group of findings or differences: its name, and how many of each verdict; a button when it folds. */
export function FindingGroup({ title, counts = [], open, onToggle, children }: FindingGroupProps) {
  const head = (
    <>
      {onToggle && <Icon name={open ? 'chevron-down' : 'chevron-right'} size={12} />}
      <b className="el">{title}</b>
      <span className="cc">
        {counts.map((count) => (
          <Status key={count.words} status={count.status} size={12}>
            {count.words}
          </Status>
        ))}
      </span>
    </>
  )
  return (
    <section>
      {onToggle ? (
        <button type="button" className="ghead" aria-expanded={open} onClick={onToggle}>
          {head}
        </button>
      ) : (
        <div className="ghead">{head}</div>
      )}
      {(open || !onToggle) && children}
    </section>
  )
}

/** What a `FindingGroup` holds: `FindingRow`s. */
export type FindingGroupProps = {
  title: ReactNode
  counts?: readonly { status: StatusKind; words: string }[]
  open?: boolean
  onToggle?: () => void
  children?: ReactNode
}
