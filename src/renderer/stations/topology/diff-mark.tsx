import type { Difference } from '../../../shared/topology-diff'
import { Icon } from '../../parts/icon'
import { signIcons, toneOf } from './diff-words'

const worse = { dan: 0, att: 1, unk: 2 } as const

/** The sign on the upper right edge of a box: what differs there, in the colour of its worst consequence. */
export function DiffMark({ differences }: { differences: readonly Difference[] }) {
  const [worst] = [...differences].sort((a, b) => worse[toneOf(a)] - worse[toneOf(b)])
  if (!worst) return null
  const tone = toneOf(worst)
  const whole = differences.find(
    (one) => one.area === 'server' && (one.what === 'server' || one.what === 'counterpart')
  )
  const sign = whole?.sign ?? (differences.length === 1 ? worst.sign : 'changed')
  return (
    <span className={`dm ${tone === 'unk' ? 'neu' : tone}`}>
      <Icon name={signIcons[sign]} size={12} />
      {whole || differences.length === 1 ? sign : `${differences.length} changed`}
    </span>
  )
}
