import { formatCount } from './format'

/** The small number beside a title or tab. */
export function Count({ value }: { value: number }) {
  return <span className="cnt">{formatCount(value)}</span>
}
