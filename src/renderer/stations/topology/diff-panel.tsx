import type { TopologySnapshot } from '../../../shared/topology'
import { Age } from '../../parts/age'
import { CopyButton } from '../../parts/copy-button'
import { FindingGroup } from '../../parts/finding-group'
import { Icon } from '../../parts/icon'
import { ServerText } from '../../parts/server-text'
import { SidePanel } from '../../parts/side-panel'
import type { Change } from './diff'

const groups = [
  { weight: 'stop', title: 'Stops the cutover', tone: 'dan' },
  { weight: 'behaviour', title: 'Changes behaviour', tone: 'att' },
  { weight: 'expected', title: 'Expected by the plan', tone: 'unk' }
] as const
const icons = { added: 'plus', removed: 'minus', changed: 'changed', reversed: 'swap' } as const

const asText = (changes: readonly Change[]): string =>
  changes
    .map(
      (change) =>
        `${change.sign} ${change.server ?? ''} ${change.what}: ${change.before ?? 'nothing'} -> ${change.after ?? 'nothing'}`
    )
    .join('\n')

/** What changed since a snapshot, by what follows from it. */
export function DiffPanel({ snapshot, changes, open, onClose, onSelect }: DiffPanelProps) {
  return (
    <SidePanel
      label="Differences"
      width={416}
      open={open}
      onClose={onClose}
      head={
        <div className="row">
          <h2 className="nw">{changes.length === 1 ? '1 difference' : `${changes.length} differences`}</h2>
          <span className="s12 t2 el">
            since “{snapshot.name}”, <Age at={snapshot.at} ago />
          </span>
          {changes.length > 0 && (
            <span className="end">
              <CopyButton text={asText(changes)}>Copy all</CopyButton>
            </span>
          )}
        </div>
      }
    >
      {changes.length === 0 && (
        <p className="pad s12 t2">
          Servers, roles, links, variables and DNS are as they were. Counters and positions are not compared.
        </p>
      )}
      {groups.map(({ weight, title, tone }) => {
        const here = changes.filter((change) => change.weight === weight)
        if (here.length === 0) return null
        return (
          <FindingGroup key={weight} title={`${title} ${here.length}`}>
            {here.map((change) => (
              <button
                key={change.id}
                type="button"
                className="change"
                onClick={() => change.server && onSelect(change.server)}
              >
                <Icon name={icons[change.sign]} size={12} tone={tone} label={change.sign} />
                <span className="m el" title={change.what}>
                  {change.what}
                </span>
                <span className="t2 el">{change.server ?? ''}</span>
                {(change.before !== null || change.after !== null) && (
                  <span className="vals m11">
                    <ServerText cap={200}>{change.before ?? 'nothing'}</ServerText>{' '}
                    <Icon name="arrow-right" size={12} label="to" />{' '}
                    <ServerText cap={200}>{change.after ?? 'nothing'}</ServerText>
                  </span>
                )}
              </button>
            ))}
          </FindingGroup>
        )
      })}
    </SidePanel>
  )
}

/** What a `DiffPanel` is told. */
export type DiffPanelProps = {
  snapshot: TopologySnapshot
  changes: readonly Change[]
  open: boolean
  onClose: () => void
  onSelect: (server: string) => void
}
