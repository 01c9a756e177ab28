import type { ReactNode } from 'react'
import { StationMark, type StationState } from './station-mark'

/** One station of the rail: `line` is its fact and age, `hint` the key that opens it. */
export type RailStationProps = {
  name: string
  state: StationState
  line: ReactNode
  current?: boolean
  hint?: string
  onOpen: () => void
}

/** A station on the rail; `state` draws its mark, everything but `none` darkens the line above it. */
export function RailStation({ name, state, line, current, hint, onOpen }: RailStationProps) {
  const classes = ['stn', state === 'none' ? 'none' : 'past', current ? 'on' : ''].filter(Boolean).join(' ')
  return (
    <button
      type="button"
      className={classes}
      aria-current={current ? 'page' : undefined}
      aria-keyshortcuts={hint}
      onClick={onOpen}
    >
      <span className="mark">
        <StationMark state={state} />
      </span>
      <span className="nm">
        {name}
        {hint && <kbd>{hint}</kbd>}
      </span>
      <span className="sb">{line}</span>
    </button>
  )
}
