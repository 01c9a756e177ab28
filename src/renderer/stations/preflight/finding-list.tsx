import type { Move } from '../../../shared/move'
import { FindingGroup } from '../../parts/finding-group'
import { FindingRow } from '../../parts/finding-row'
import { formatAge } from '../../parts/format'
import { moveFocus } from '../../parts/hooks/move-focus'
import { useNow } from '../../parts/hooks/use-now'
import { visibleString } from '../../parts/visible-text'
import { serverName } from '../runbook/names'
import { type FindingGroupView, findingStatus, type ListedFinding } from './finding-groups'

/** When the finding's own evidence was seen; findings of one question can be of different moments. */
export const seenAt = ({ finding }: ListedFinding, at: number): number =>
  finding.evidence.length > 0 ? Math.min(...finding.evidence.map((evidence) => evidence.at)) : at

/** Groups of findings; arrows go through the lines of all open groups. */
export function FindingList({ groups, move, at, selected, onSelect, isOpen, onToggle }: FindingListProps) {
  const now = useNow()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside
    <div className="preflight-list" onKeyDown={(event) => moveFocus(event, 'button.frow')}>
      {groups.map((group) => (
        <FindingGroup
          key={group.id}
          title={group.title}
          counts={group.counts}
          open={isOpen(group)}
          onToggle={() => onToggle(group)}
        >
          {group.lines.map((line) => (
            <FindingRow
              key={line.key}
              status={findingStatus(line.finding)}
              title={<span title={line.finding.title}>{visibleString(line.finding.title, 300)}</span>}
              where={line.finding.server === null ? 'both' : serverName(move, line.finding.server)}
              age={formatAge(Math.max(0, now - seenAt(line, at)))}
              selected={line.key === selected}
              onSelect={() => onSelect(line.key)}
            />
          ))}
        </FindingGroup>
      ))}
    </div>
  )
}

/** What a `FindingList` is told. */
export type FindingListProps = {
  groups: readonly FindingGroupView[]
  move: Move
  /** When the question was asked. */
  at: number
  selected: string | undefined
  onSelect: (key: string) => void
  isOpen: (group: FindingGroupView) => boolean
  onToggle: (group: FindingGroupView) => void
}
