import { HalfDisc } from '../../parts/half-disc'
import { Icon } from '../../parts/icon'

/** From which site to which: half disc and name of each. */
export function SiteRoute({ old, new: target }: { old: string; new: string }) {
  return (
    <span className="row g6 t2 s12">
      <HalfDisc side="old" size={12} />
      <span className="el">{old}</span>
      <Icon name="arrow-right" size={12} label="to" />
      <HalfDisc side="new" size={12} />
      <span className="el">{target}</span>
    </span>
  )
}
