import { formatAge, formatMoment, UNKNOWN } from './format'
import { useNow } from './hooks/use-now'

/** How old a value from a server is; past `staleAfterMs` it is amber and says "stale". `at` is epoch milliseconds, `null` is never asked. */
export function Age({ at, staleAfterMs, ago = false, prefix }: AgeProps) {
  const now = useNow()
  if (at === null) return <span className="age">{UNKNOWN}</span>
  // A value newer than the last tick of the clock has just come.
  const age = Math.max(0, now - at)
  const stale = staleAfterMs !== undefined && age > staleAfterMs
  return (
    <span className={stale ? 'age stale' : 'age'} title={formatMoment(at)}>
      {prefix && `${prefix} `}
      {formatAge(age)}
      {ago && ' ago'}
      {stale && ', stale'}
    </span>
  )
}

/** What an `Age` is told. */
export type AgeProps = { at: number | null; staleAfterMs?: number; ago?: boolean; prefix?: string }
