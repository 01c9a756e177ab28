import type { ReactNode } from 'react'
import { StatusIcon } from './status-icon'
import type { StatusKind } from './status-kind'

/** One gate: open (`ok`, `waived`), shut (`stop`), or not known; `fix` goes to where it is mended. */
export type Gate = {
  id: string
  status: StatusKind
  title: ReactNode
  value: ReactNode
  age?: ReactNode
  fix?: () => void
}

/** What must hold before the cutover, with each value and its age. */
export function GateList({ gates, label }: { gates: readonly Gate[]; label: string }) {
  return (
    <ul className="gates" aria-label={label}>
      {gates.map((gate) => {
        const content = (
          <>
            <StatusIcon status={gate.status} label={true} />
            <span className="el">{gate.title}</span>
            <span className="val">{gate.value}</span>
            <span className="a age">{gate.age}</span>
          </>
        )
        const classes = gate.status === 'ok' || gate.status === 'waived' ? 'gate' : 'gate shut'
        return (
          <li key={gate.id}>
            {gate.fix ? (
              <button type="button" className={classes} onClick={gate.fix}>
                {content}
              </button>
            ) : (
              <div className={classes}>{content}</div>
            )}
          </li>
        )
      })}
    </ul>
  )
}
