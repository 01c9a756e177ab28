/** The last values of one number, from zero; gaps are `null`. Put the number itself beside it. */
export function Sparkline({ values, width = 72, height = 20, label, tone = 'text-3' }: SparklineProps) {
  const known = values.filter((value): value is number => value !== null)
  const top = Math.max(...known, 0) || 1
  const step = values.length > 1 ? width / (values.length - 1) : 0
  const y = (value: number) => round(height - 1 - (value / top) * (height - 3))
  const runs = runsOf(values)
  const lastIndex = values.length - 1
  const last = values[lastIndex]
  return (
    <svg className="spark" width={width} height={height} role="img" aria-label={label}>
      {runs.map((run) => {
        const points = run.map(([index, value]) => `${round(index * step)} ${y(value)}`).join('L')
        const first = run[0]?.[0] ?? 0
        const end = run.at(-1)?.[0] ?? 0
        return (
          <g key={first}>
            <path
              d={`M${points}L${round(end * step)} ${height}L${round(first * step)} ${height}Z`}
              fill={`var(--${tone})`}
              opacity="0.14"
            />
            <path d={`M${points}`} fill="none" stroke={`var(--${tone})`} strokeWidth="1.25" strokeLinejoin="round" />
          </g>
        )
      })}
      {typeof last === 'number' && <circle cx={lastIndex * step} cy={y(last)} r="1.75" fill={`var(--${tone})`} />}
    </svg>
  )
}

function runsOf(values: readonly (number | null)[]): [number, number][][] {
  const runs: [number, number][][] = []
  let open = false
  values.forEach((value, index) => {
    if (value === null) open = false
    else if (open) runs.at(-1)?.push([index, value])
    else {
      runs.push([[index, value]])
      open = true
    }
  })
  return runs
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** What a `Sparkline` draws; `label` says the numbers in words. */
export type SparklineProps = {
  values: readonly (number | null)[]
  width?: number
  height?: number
  label: string
  tone?: 'text-3' | 'old' | 'new' | 'att' | 'dan' | 'info'
}
