import type { MoveListItem } from '../../../shared/contract'
import { Button } from '../../parts/button'
import { EmptyState } from '../../parts/empty-state'
import { ErrorPanel } from '../../parts/error-panel'
import { formatDay } from '../../parts/format'
import { useNow } from '../../parts/hooks/use-now'
import { Loading } from '../../parts/loading'
import { PhaseDots } from '../../parts/phase-dots'
import { StationHead } from '../../parts/station-head'
import { Status } from '../../parts/status'
import { Table } from '../../parts/table'
import { loadMoves, useShell } from '../../state/shell'
import { openedWords } from './opened-words'
import { phasesOf } from './phases-of'
import { SiteRoute } from './site-route'

function Phase({ move }: { move: MoveListItem }) {
  if (move.broken) return <Status status="danger">file cannot be read</Status>
  if (move.review) return <Status status="attention">not allowed yet</Status>
  return (
    <div className="col g4">
      <PhaseDots phases={phasesOf(move)} label={`${move.stationsDone} of 7 stations done`} />
      <span className="t2 el">{move.phase}</span>
    </div>
  )
}

/** Every move with its way so far; Enter or a double click opens it. */
export function MoveList({ shown, words, selected, onSelect, onOpen }: MoveListProps) {
  const moves = useShell((shell) => shell.moves)
  const failure = useShell((shell) => shell.listFailure)
  const now = useNow()
  return (
    <section className="col grow" aria-label="Moves">
      <StationHead
        title="Moves"
        sub={words && moves ? `${shown.length} of ${moves.length}` : undefined}
        actions={<span className="s11 t3 hide-narrow">Enter opens</span>}
      />
      {failure && (
        <div className="pad">
          <ErrorPanel
            title={failure.what}
            where={failure.words ? failure.where : undefined}
            serverWords={failure.words ?? failure.where}
            happened={failure.why}
            tries={failure.try.map((title) => ({ title }))}
            actions={<Button onPress={() => void loadMoves()}>Look again</Button>}
          />
        </div>
      )}
      {!moves && !failure && <Loading rows={6}>Reading the moves on this computer</Loading>}
      {moves && shown.length === 0 && (
        <EmptyState icon="search" title="No move has these words">
          Names of moves and sites are searched.
        </EmptyState>
      )}
      {shown.length > 0 && (
        // biome-ignore lint/a11y/noStaticElementInteractions: the rows inside are the controls; Enter on one opens it
        <div
          className="tscroll on-bg moves"
          onDoubleClick={() => selected && onOpen(selected)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && selected) onOpen(selected)
          }}
        >
          <Table
            label="Moves"
            rowHeight={56}
            rows={shown}
            rowKey={(move) => move.id}
            selected={selected ?? undefined}
            onSelect={onSelect}
            columns={[
              {
                id: 'move',
                head: 'Move',
                fill: true,
                cell: (move) => (
                  <div className="col">
                    <b className="el name">{move.name}</b>
                    {move.old && <SiteRoute old={move.old} new={move.new} />}
                  </div>
                )
              },
              { id: 'phase', head: 'Phase', width: 220, cell: (move) => <Phase move={move} /> },
              {
                id: 'opened',
                head: 'Last opened',
                right: true,
                width: 120,
                cell: (move) => (
                  <span className="t2" title={move.openedAt ? formatDay(move.openedAt) : undefined}>
                    {openedWords(move.openedAt, now)}
                  </span>
                )
              }
            ]}
          />
        </div>
      )}
    </section>
  )
}

/** What a `MoveList` shows; `words` are those searched for. */
export type MoveListProps = {
  shown: readonly MoveListItem[]
  words: string
  selected: string | null
  onSelect: (id: string) => void
  onOpen: (id: string) => void
}
