import type { ReactNode } from 'react'

/** The head of a station: title, chips, what it is about, tabs or lens, and the actions at the right. */
export function StationHead({ title, chip, sub, tabs, actions }: StationHeadProps) {
  return (
    <div className="head">
      <h1>{title}</h1>
      {chip}
      {sub && <span className="sub">{sub}</span>}
      {tabs}
      {actions && <div className="acts">{actions}</div>}
    </div>
  )
}

/** The slots of a `StationHead`; `tabs` is a `Tabs` or `Segmented`. */
export type StationHeadProps = {
  title: string
  chip?: ReactNode
  sub?: ReactNode
  tabs?: ReactNode
  actions?: ReactNode
}
