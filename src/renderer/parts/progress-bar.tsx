/** How far work has come; `share` from 0 to 1, `null` while the total is unknown. `markers` are shares of limits. */
export function ProgressBar({ share, label, tone, thin, markers = [] }: ProgressBarProps) {
  const percent = share === null ? null : Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10
  return (
    <div
      className={`bar${thin ? '' : ' h8'}${tone ? ` ${tone}` : ''}${percent === null ? ' busy' : ''}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
    >
      <i style={percent === null ? undefined : { width: `${percent}%` }} />
      {markers.map((at) => (
        <u key={at} style={{ left: `${at * 100}%` }} />
      ))}
    </div>
  )
}

/** What a `ProgressBar` is told. */
export type ProgressBarProps = {
  share: number | null
  label: string
  tone?: 'ok' | 'att' | 'dan' | 'info' | 'old' | 'new'
  thin?: boolean
  markers?: readonly number[]
}
