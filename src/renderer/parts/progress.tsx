import type { ReactNode } from 'react'
import { formatPercent } from './format'
import { ProgressBar, type ProgressBarProps } from './progress-bar'

/** Long work with its numbers: percent, done of total and rate, ETA, then the bar. */
export function Progress({ facts, eta, ...bar }: ProgressBarProps & { facts: ReactNode; eta?: ReactNode }) {
  return (
    <div>
      <div className="prog-h">
        {bar.share !== null && <b className="nw">{formatPercent(bar.share)}</b>}
        <span className="t2 el">{facts}</span>
        {eta && <span className="eta">{eta}</span>}
      </div>
      <ProgressBar {...bar} />
    </div>
  )
}
