import type { ReactNode } from 'react'
import { StatusIcon } from './status-icon'
import { type StatusKind, statusWords } from './status-kind'

/** Icon and word of a state, always both; `children` replaces the usual word. */
export function Status({ status, size = 16, children }: { status: StatusKind; size?: 12 | 16; children?: ReactNode }) {
  return (
    <span className={size === 12 ? 'st g4' : 'st'}>
      <StatusIcon status={status} size={size} />
      <span className="el">{children ?? statusWords[status]}</span>
    </span>
  )
}
