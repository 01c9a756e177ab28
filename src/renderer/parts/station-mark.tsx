/** State of a station: not started, under way, needs a look, stopped, done. */
export type StationState = 'none' | 'progress' | 'attention' | 'stopped' | 'done'

const words: Record<StationState, string> = {
  none: 'not started',
  progress: 'in progress',
  attention: 'needs attention',
  stopped: 'stopped',
  done: 'done'
}

/** The mark of a station on the rail's line; form differs, not only colour. */
export function StationMark({ state }: { state: StationState }) {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" role="img" aria-label={words[state]}>
      <Shape state={state} />
    </svg>
  )
}

function Shape({ state }: { state: StationState }) {
  switch (state) {
    case 'none':
      return (
        <circle
          cx="10"
          cy="10"
          r="8"
          fill="var(--panel)"
          stroke="var(--line-3)"
          strokeWidth="1.5"
          strokeDasharray="2.5 2.5"
        />
      )
    case 'progress':
      return (
        <>
          <circle cx="10" cy="10" r="8" fill="var(--panel)" stroke="var(--text-2)" strokeWidth="1.5" />
          <path d="M10 2a8 8 0 0 1 0 16z" fill="var(--text-2)" />
        </>
      )
    case 'attention':
      return (
        <>
          <path
            d="M10 2.2 18.3 17H1.7z"
            fill="var(--panel)"
            stroke="var(--att)"
            strokeWidth="1.5"
            strokeLinejoin="round"
          />
          <path d="M10 8v4M10 14.3v.1" stroke="var(--att)" strokeWidth="1.75" strokeLinecap="round" />
        </>
      )
    case 'stopped':
      return (
        <>
          <path
            d="M6.7 2h6.6L18 6.7v6.6L13.3 18H6.7L2 13.3V6.7z"
            fill="var(--panel)"
            stroke="var(--dan)"
            strokeWidth="1.5"
            strokeLinejoin="round"
          />
          <path d="M10 6v4.6M10 13.6v.1" stroke="var(--dan)" strokeWidth="1.75" strokeLinecap="round" />
        </>
      )
    case 'done':
      return (
        <>
          <circle cx="10" cy="10" r="8" fill="var(--panel)" stroke="var(--ok)" strokeWidth="1.5" />
          <path
            d="M6.5 10.3l2.4 2.4 4.7-5.3"
            fill="none"
            stroke="var(--ok)"
            strokeWidth="1.75"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </>
      )
    default:
      return state satisfies never
  }
}
