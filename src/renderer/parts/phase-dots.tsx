/** How far each of the stations of a move is. */
export type Phase = 'done' | 'current' | 'none' | 'attention' | 'stopped' | 'aborted'

/** A move's way in one line of dots; `label` says it in words. */
export function PhaseDots({ phases, label }: { phases: readonly Phase[]; label: string }) {
  return (
    <span className="phase" role="img" aria-label={label}>
      {phases.map((phase, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place on the line is the name
        <PhaseDot key={index} phase={phase} joined={index > 0} />
      ))}
    </span>
  )
}

function PhaseDot({ phase, joined }: { phase: Phase; joined: boolean }) {
  return (
    <>
      {joined && <i />}
      <svg viewBox="0 0 10 10" aria-hidden="true">
        <Shape phase={phase} />
      </svg>
    </>
  )
}

function Shape({ phase }: { phase: Phase }) {
  switch (phase) {
    case 'done':
      return <circle cx="5" cy="5" r="3.5" fill="var(--text-2)" />
    case 'current':
      return (
        <>
          <circle cx="5" cy="5" r="4" fill="none" stroke="var(--text)" strokeWidth="1.5" />
          <circle cx="5" cy="5" r="1.5" fill="var(--text)" />
        </>
      )
    case 'none':
      return <circle cx="5" cy="5" r="3" fill="none" stroke="var(--line-3)" strokeWidth="1.25" />
    case 'attention':
      return <path d="M5 .6 9.8 9H.2z" fill="none" stroke="var(--att)" strokeWidth="1.4" strokeLinejoin="round" />
    case 'stopped':
      return (
        <path d="M3.2.5h3.6l2.7 2.7v3.6L6.8 9.5H3.2L.5 6.8V3.2z" fill="none" stroke="var(--dan)" strokeWidth="1.4" />
      )
    case 'aborted':
      return <path d="M2 2l6 6M8 2 2 8" stroke="var(--text-2)" strokeWidth="1.5" strokeLinecap="round" />
    default:
      return phase satisfies never
  }
}
