import type { DiffLens, TopologyDiff } from '../../../shared/topology-diff'
import { openDifferences } from '../../../shared/topology-diff'
import { formatMoment } from '../../parts/format'
import { Segmented } from '../../parts/segmented'
import { Select } from '../../parts/select'
import { useMove } from '../../state/open-move'
import { showDiff, showLive } from '../../state/topology-diff'

/** Live, or one of the three comparisons. */
export function LensSwitch({ lens, diff, onChosen }: LensSwitchProps) {
  const { move, snapshots } = useMove()
  const newest = snapshots.at(-1)
  const hasPair = move.pairs.length > 0
  const count = diff ? openDifferences(diff).length : undefined
  const choose = (kind: 'live' | DiffLens['kind']) => {
    onChosen(kind)
    if (kind === 'live') showLive()
    else if (kind === 'since') void (newest && showDiff({ kind, snapshot: newest.id }))
    else void showDiff({ kind })
  }
  const value = lens?.kind ?? 'live'
  const counted = (kind: DiffLens['kind']) => (value === kind ? count : undefined)
  return (
    <div className="row lens">
      <Segmented
        label="Lens"
        value={value}
        onChange={choose}
        segments={[
          { id: 'live', label: 'Live' },
          {
            id: 'old-new',
            label: 'Old ↔ new',
            count: counted('old-new'),
            disabled: hasPair ? undefined : 'Pair the databases first'
          },
          {
            id: 'since',
            label: 'Since',
            count: counted('since'),
            disabled: newest ? undefined : 'Take a snapshot first'
          },
          {
            id: 'plan',
            label: 'After the cutover',
            count: counted('plan'),
            disabled: hasPair ? undefined : 'Pair the databases first'
          }
        ]}
      />
      {lens?.kind === 'since' && (
        <Select
          label="Snapshot to compare with"
          value={lens.snapshot}
          onChange={(snapshot) => void showDiff({ kind: 'since', snapshot })}
          options={[...snapshots]
            .reverse()
            .map((snapshot) => ({ id: snapshot.id, label: `${snapshot.name}, ${formatMoment(snapshot.at)}` }))}
          width={168}
        />
      )}
    </div>
  )
}

/** What a `LensSwitch` is told; `lens` null is the live picture. */
export type LensSwitchProps = {
  lens: DiffLens | null
  diff: TopologyDiff | null
  onChosen: (kind: 'live' | DiffLens['kind']) => void
}
