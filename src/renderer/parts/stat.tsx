import type { ReactNode } from 'react'
import { StatusIcon } from './status-icon'
import type { StatusKind } from './status-kind'

/** A measured number: what, value, unit, and since when or from what. */
export function Stat({ label, value, unit, under, status, tone }: StatProps) {
  return (
    <div className="stat">
      {label && <div className="l">{label}</div>}
      <div className={tone ? `v c-${tone}` : 'v'}>
        {status && <StatusIcon status={status} size={16} />}
        <span>{value}</span>
        {unit && <small>{unit}</small>}
      </div>
      {under && <div className="u">{under}</div>}
    </div>
  )
}

/** What a `Stat` shows. */
export type StatProps = {
  label?: ReactNode
  value: ReactNode
  unit?: ReactNode
  under?: ReactNode
  status?: StatusKind
  tone?: 'ok' | 'att' | 'dan'
}
