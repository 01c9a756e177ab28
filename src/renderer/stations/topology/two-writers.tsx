import { Band } from '../../parts/band'
import { useMove } from '../../state/open-move'

/** Linked servers that both take writes: what must never be, said above the picture. */
export function TwoWriters() {
  const { topology } = useMove()
  const { writable = [], links = [] } = topology ?? {}
  const linked = links.some((link) => writable.includes(link.source) && writable.includes(link.replica))
  if (!linked) return null
  return (
    <Band tone="dan" icon="octagon" title={`${writable.join(' and ')} both take writes`}>
      <p className="s12">
        Rows can be written on both sides and collide. Make the one the shop does not use read-only before anything
        else: <code className="m sel-text">SET GLOBAL read_only = ON;</code>
      </p>
    </Band>
  )
}
