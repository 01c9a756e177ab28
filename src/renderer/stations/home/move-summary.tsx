import type { MoveListItem } from '../../../shared/contract'
import { stationIds } from '../../../shared/journey'
import { Button } from '../../parts/button'
import { ErrorPanel } from '../../parts/error-panel'
import { formatMoment } from '../../parts/format'
import { KeyValues } from '../../parts/key-values'
import { Menu } from '../../parts/menu'
import { Section } from '../../parts/section'
import { SidePanel } from '../../parts/side-panel'
import { StationMark } from '../../parts/station-mark'
import { exportMove } from '../../state/moves'
import { stationNames } from '../frame/stations'
import { phasesOf } from './phases-of'
import { SiteRoute } from './site-route'

const marks = {
  done: 'done',
  current: 'progress',
  none: 'none',
  attention: 'attention',
  stopped: 'stopped',
  aborted: 'attention'
} as const

/** The chosen move at the right: open it, or do something with its file. */
export function MoveSummary({ move, open, onClose, onOpen, onAsk }: MoveSummaryProps) {
  const menu = (
    <Menu
      label="More for this move"
      items={[
        { kind: 'item', id: 'export', label: 'Export…', icon: 'export', onPress: () => void exportMove(move.id) },
        { kind: 'item', id: 'duplicate', label: 'Duplicate…', icon: 'copy', onPress: () => onAsk('duplicate') },
        { kind: 'item', id: 'versions', label: 'Earlier versions…', icon: 'clock', onPress: () => onAsk('versions') },
        { kind: 'line', id: 'line' },
        { kind: 'item', id: 'remove', label: 'Remove…', icon: 'trash', danger: true, onPress: () => onAsk('remove') }
      ]}
    />
  )
  return (
    <SidePanel
      label={move.name}
      open={open}
      onClose={onClose}
      head={
        <div className="row">
          <h2 className="el grow">{move.name}</h2>
          {!move.broken && menu}
        </div>
      }
    >
      {move.broken ? (
        <BrokenMove move={move} onOpen={onOpen} onAsk={onAsk} />
      ) : (
        <>
          <Section>
            <SiteRoute old={move.old} new={move.new} />
            <div className="row wrap" style={{ marginTop: 12 }}>
              <Button variant="primary" keys={['↵']} onPress={() => onOpen(move.id)}>
                Open
              </Button>
              <Button icon="export" onPress={() => void exportMove(move.id)}>
                Export
              </Button>
            </div>
          </Section>
          <Section title="Way so far">
            <ol className="way">
              {stationIds.map((id, index) => {
                const phase = phasesOf(move)[index] ?? 'none'
                const here = phase !== 'none' && phase !== 'done'
                return (
                  <li key={id} className={phase === 'none' ? 't3' : undefined}>
                    <StationMark state={marks[phase]} />
                    <span>{stationNames[id]}</span>
                    {here && <span className="t2 el s12">{move.phase.replace(/^\w+: /, '')}</span>}
                  </li>
                )
              })}
            </ol>
          </Section>
          <Section title="File">
            <KeyValues
              items={[
                { key: 'Last opened', value: move.openedAt ? formatMoment(move.openedAt) : 'not opened yet' },
                { key: 'Name on disk', value: move.id, mono: true },
                { key: 'Secrets', value: 'none in the file' }
              ]}
            />
          </Section>
        </>
      )}
    </SidePanel>
  )
}

function BrokenMove({ move, onOpen, onAsk }: Pick<MoveSummaryProps, 'move' | 'onOpen' | 'onAsk'>) {
  if (!move.broken) return null
  const { broken } = move
  return (
    <div className="pad">
      <ErrorPanel
        title="The file cannot be read"
        serverWords={broken.words ?? broken.where}
        where={broken.words ? broken.where : undefined}
        happened={[broken.what, broken.why].filter(Boolean).join(' ')}
        means="The move is not opened and its file is left as it is. Its last versions are kept, and one of them can be put back."
        tries={broken.try.map((title) => ({ title }))}
        actions={
          <>
            <Button variant="primary" icon="clock" onPress={() => onAsk('versions')}>
              Earlier versions…
            </Button>
            <Button onPress={() => onOpen(move.id)}>Try to open</Button>
            <Button variant="danger" onPress={() => onAsk('remove')}>
              Remove…
            </Button>
          </>
        }
      />
    </div>
  )
}

/** What a `MoveSummary` is told. */
export type MoveSummaryProps = {
  move: MoveListItem
  open: boolean
  onClose: () => void
  onOpen: (id: string) => void
  onAsk: (kind: 'remove' | 'duplicate' | 'versions') => void
}
