import { Icon } from '../../parts/icon'
import type { Change } from './diff'

const icons = { added: 'plus', removed: 'minus', changed: 'changed', reversed: 'swap' } as const

/** The sign on the upper right edge of a box: what changed there, in the colour of its consequence. */
export function DiffMark({ changes }: { changes: readonly Change[] }) {
  const worst =
    changes.find((change) => change.weight === 'stop') ??
    changes.find((change) => change.weight === 'behaviour') ??
    changes[0]
  if (!worst) return null
  const tone = worst.weight === 'stop' ? 'dan' : worst.weight === 'behaviour' ? 'att' : 'neu'
  const words = changes.length === 1 ? worst.sign : `${changes.length} changed`
  return (
    <span className={`dm ${tone}`}>
      <Icon name={changes.length === 1 ? icons[worst.sign] : 'changed'} size={12} />
      {words}
    </span>
  )
}
