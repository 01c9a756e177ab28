import { useState } from 'react'
import {
  consequences,
  consequenceWords,
  type Difference,
  openDifferences,
  type TopologyDiff
} from '../../../shared/topology-diff'
import { Age } from '../../parts/age'
import { CopyButton } from '../../parts/copy-button'
import { ErrorPanel } from '../../parts/error-panel'
import { FindingGroup } from '../../parts/finding-group'
import { formatCount } from '../../parts/format'
import { Loading } from '../../parts/loading'
import { ServerText } from '../../parts/server-text'
import { SidePanel } from '../../parts/side-panel'
import type { DiffState } from '../../state/topology-diff'
import { DiffEntry } from './diff-entry'
import { diffAsText } from './diff-words'

const diffOf = (state: DiffState): TopologyDiff | null => (state.kind === 'done' ? state.diff : state.last)

/** What differs, by what follows from it; each opens with both sides. */
export function DiffPanel({ state, selected, shown, onClose, onSelect }: DiffPanelProps) {
  const diff = diffOf(state)
  const open = diff ? openDifferences(diff).length : 0
  return (
    <SidePanel
      label="Differences"
      width={416}
      open={shown}
      onClose={onClose}
      head={
        <div className="row">
          <h2 className="nw">
            {diff ? (open === 1 ? '1 difference' : `${formatCount(open)} differences`) : 'Differences'}
          </h2>
          {diff && (
            <span className="s12 t2 nw">
              compared <Age at={diff.at} ago />
            </span>
          )}
          {diff && open > 0 && (
            <span className="end">
              <CopyButton text={diffAsText(diff)}>Copy all</CopyButton>
            </span>
          )}
        </div>
      }
    >
      {state.kind === 'asking' && !diff && (
        <div className="pad">
          <Loading>Asking both sites for variables, accounts and objects</Loading>
        </div>
      )}
      {state.kind === 'failed' && (
        <div className="pad">
          <ErrorPanel
            title="The comparison failed"
            happened={state.failure.what}
            {...(state.failure.words ? { serverWords: state.failure.words } : {})}
            tries={state.failure.try.map((title) => ({ title }))}
          />
        </div>
      )}
      {diff && <Groups diff={diff} selected={selected} onSelect={onSelect} />}
    </SidePanel>
  )
}

interface Group {
  id: string
  title: string
  differences: Difference[]
  folded: boolean
}

const groupsOf = (diff: TopologyDiff): Group[] => {
  const open = diff.differences.filter((one) => one.accepted === null)
  return [
    ...consequences.map((consequence) => ({
      id: consequence as string,
      title:
        diff.lens.kind === 'plan' && consequence === 'expected'
          ? 'The cutover does this'
          : consequenceWords[consequence].title,
      differences: open.filter((one) => one.consequence === consequence),
      folded: consequence === 'expected' && diff.lens.kind !== 'plan'
    })),
    { id: 'accepted', title: 'Accepted', differences: diff.differences.filter((one) => one.accepted), folded: true }
  ].filter((group) => group.differences.length > 0)
}

function Groups({ diff, selected, onSelect }: { diff: TopologyDiff } & Pick<DiffPanelProps, 'selected' | 'onSelect'>) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) => {
    const next = new Set(toggled)
    if (!next.delete(id)) next.add(id)
    setToggled(next)
  }
  const groups = groupsOf(diff)
  return (
    <>
      {openDifferences(diff).length === 0 && <Nothing diff={diff} />}
      {groups.map((group) => {
        const isOpen = group.folded === toggled.has(group.id)
        return (
          <FindingGroup
            key={group.id}
            title={`${group.title} ${formatCount(group.differences.length)}`}
            open={isOpen}
            onToggle={() => toggle(group.id)}
          >
            {group.differences.map((difference) => (
              <DiffEntry
                key={difference.id}
                diff={diff}
                difference={difference}
                open={difference.id === selected}
                onOpen={() => onSelect(difference)}
              />
            ))}
          </FindingGroup>
        )
      })}
      {diff.leftOut > 0 && <p className="pad s12 t2">{formatCount(diff.leftOut)} more are not listed.</p>}
      {diff.untold.length > 0 && (
        <FindingGroup title={`Not known ${diff.untold.length}`}>
          {diff.untold.map((part) => (
            <p className="untold" key={`${part.server}|${part.part}|${part.why}`}>
              <b className="m">{part.server}</b> {part.part}
              <span className="t2">
                <ServerText cap={300}>{part.why}</ServerText>
              </span>
            </p>
          ))}
        </FindingGroup>
      )}
      <p className="pad s11 t3">
        {diff.lens.kind === 'plan'
          ? 'Roles, links, bridge, DNS and hosts are compared with the move.'
          : `Compared: ${formatCount(diff.compared.variables)} variables, ${formatCount(diff.compared.accounts)} accounts, ${formatCount(diff.compared.objects)} objects of ${diff.compared.servers} servers.`}
      </p>
    </>
  )
}

function Nothing({ diff }: { diff: TopologyDiff }) {
  const words =
    diff.lens.kind === 'plan'
      ? 'Everything is as it will be after the cutover.'
      : diff.lens.kind === 'since'
        ? 'Nothing has changed since. Positions and counters are not compared.'
        : 'Nothing differs but what is expected.'
  return (
    <p className="pad s12 t2">
      {diff.untold.length > 0 ? 'No difference is known; some of it could not be asked.' : words}
    </p>
  )
}

/** What a `DiffPanel` is told; `selected` is the id of the opened difference. */
export type DiffPanelProps = {
  state: DiffState
  selected: string | null
  shown: boolean
  onClose: () => void
  onSelect: (difference: Difference) => void
}
