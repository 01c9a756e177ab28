import { type ReactNode, useState } from 'react'
import type { OpenMove } from '../../../shared/contract'
import { comparedAt, type DriftState, driftVerdict, tablesAmong } from '../../../shared/drift'
import { databasePair } from '../../../shared/move'
import { Body } from '../../parts/body'
import { Button } from '../../parts/button'
import { Chip } from '../../parts/chip'
import { EmptyState } from '../../parts/empty-state'
import { useNow } from '../../parts/hooks/use-now'
import { useShortcut } from '../../parts/hooks/use-shortcut'
import { Loading } from '../../parts/loading'
import { StationHead } from '../../parts/station-head'
import { Tabs } from '../../parts/tabs'
import { pauseDrift, resumeDrift, startDrift, stopDrift, useDrift } from '../../state/drift'
import { useMove } from '../../state/open-move'
import { openStation } from '../../state/shell'
import { useCommand } from '../frame/use-command'
import { FailurePanel } from '../runbook/failure-panel'
import { ByItself, ByItselfLine } from './by-itself'
import { DriftNotes } from './drift-notes'
import { DriftStrip } from './drift-strip'
import { byRisk, tableKey } from './drift-words'
import { ObjectsView } from './objects-view'
import { TableDetail } from './table-detail'
import { TableList } from './table-list'
import { WishDialog } from './wish-dialog'
import './drift.css'

type Seen = Exclude<DriftState, { kind: 'never' }>

/** Drift: are both servers equal? Tables compared row by row while the shop runs, and everything else that is defined. */
export function DriftStation() {
  const open = useMove()
  const { busy, failed } = useDrift()
  const now = useNow()
  const state = open.drift
  const running = state.kind === 'running'
  const pair = databasePair(open.move)
  const start = () => {
    if (pair && !running) void startDrift()
  }
  useShortcut('r', start)
  useCommand('drift', (command) => {
    if (command === 'start') start()
  })
  const [wishing, setWishing] = useState(false)
  const failure = failed?.moveId === open.move.id ? failed : null
  const panel = failure && (
    <FailurePanel failure={failure.failure} at={failure.at} means="Comparing only reads: nothing was changed." />
  )
  const dialog = wishing && <WishDialog onClose={() => setWishing(false)} />
  if (state.kind === 'never')
    return (
      <>
        <Never open={open} start={start} wish={() => setWishing(true)} busy={busy === 'start'} panel={panel} />
        {dialog}
      </>
    )
  const staleAfterMs = open.move.thresholds.driftMaxAgeMinutes * 60_000
  const fresh = state.kind === 'done' && driftVerdict(state) === 'equal' && now - comparedAt(state) <= staleAfterMs
  return (
    <>
      <Seen
        state={state}
        open={open}
        staleAfterMs={staleAfterMs}
        panel={panel}
        actions={
          state.kind === 'running' ? (
            <>
              {state.pace?.kind === 'paused' ? (
                <Button
                  variant="primary"
                  icon="play"
                  busy={busy === 'resume' && 'Resuming'}
                  onPress={() => void resumeDrift()}
                >
                  Resume
                </Button>
              ) : (
                <Button icon="pause" busy={busy === 'pause' && 'Pausing'} onPress={() => void pauseDrift()}>
                  Pause
                </Button>
              )}
              <Button icon="stop" busy={busy === 'stop' && 'Stopping'} onPress={() => void stopDrift()}>
                Stop
              </Button>
            </>
          ) : (
            <>
              <Button variant="ghost" onPress={() => setWishing(true)}>
                With choices…
              </Button>
              <Button
                variant={fresh ? 'default' : 'primary'}
                icon="refresh"
                keys={['R']}
                busy={busy === 'start' && 'Starting'}
                onPress={start}
              >
                Compare again
              </Button>
            </>
          )
        }
      />
      {dialog}
    </>
  )
}

function Seen({ state, open, staleAfterMs, panel, actions }: SeenProps) {
  const [tab, setTab] = useState<'data' | 'objects'>('data')
  const [chosen, setChosen] = useState<string | null>(null)
  const { move } = open
  const running = state.kind === 'running'
  const rows = byRisk(state.tables, running)
  const table = rows.find((one) => tableKey(one) === chosen) ?? rows[0]
  return (
    <div className="drift-room">
      <StationHead
        title="Drift"
        chip={<HeadChip state={state} staleAfterMs={staleAfterMs} />}
        tabs={
          <Tabs
            label="What is compared"
            value={tab}
            onChange={setTab}
            tabs={[
              { id: 'data', label: 'Data', count: tablesAmong(state.tables).length },
              { id: 'objects', label: 'Schema and objects', count: state.objects.length }
            ]}
          />
        }
        actions={
          <>
            <ByItself />
            {actions}
          </>
        }
      />
      <DriftStrip state={state} staleAfterMs={staleAfterMs} />
      <ByItselfLine />
      <DriftNotes state={state} staleAfterMs={staleAfterMs} open={open} panel={panel} />
      {tab === 'objects' ? (
        <ObjectsView objects={state.objects} move={move} running={running} />
      ) : table ? (
        <Body>
          <section className="drift-list" aria-label="Tables">
            <TableList
              tables={state.tables}
              running={running}
              selected={tableKey(table)}
              onSelect={setChosen}
              staleAfterMs={staleAfterMs}
            />
          </section>
          <TableDetail
            key={tableKey(table)}
            table={table}
            move={move}
            driftId={state.id}
            open={chosen !== null && tableKey(table) === chosen}
            onClose={() => setChosen(null)}
          />
        </Body>
      ) : running ? (
        <Loading rows={8}>Reading the tables of both servers</Loading>
      ) : (
        <div className="drift-empty-room">
          <EmptyState icon="database" title="No table was found">
            The schemas of the move hold no table on either side.
          </EmptyState>
        </div>
      )}
    </div>
  )
}

const equalWords = (state: Seen, stale: boolean): string =>
  `equal${state.kind === 'done' && state.certificate ? ', certified' : ''}${stale ? ', stale' : ''}`

function HeadChip({ state, staleAfterMs }: { state: Seen; staleAfterMs: number }) {
  const now = useNow()
  if (state.kind === 'running')
    return state.pace?.kind === 'paused' ? <Chip tone="att">paused</Chip> : <Chip tone="info">comparing</Chip>
  if (state.kind === 'failed')
    return (
      <Chip tone={state.failure.kind === 'cancelled' ? 'unk' : 'dan'}>
        {state.failure.kind === 'cancelled' ? 'stopped' : 'failed'}
      </Chip>
    )
  const stale = now - state.at > staleAfterMs
  switch (driftVerdict(state)) {
    case 'equal':
      return <Chip tone={stale ? 'att' : 'ok'}>{equalWords(state, stale)}</Chip>
    case 'differs':
      return <Chip tone="dan">differs</Chip>
    default:
      return <Chip tone="att">inconclusive</Chip>
  }
}

function Never({ open, start, wish, busy, panel }: NeverProps) {
  const pair = databasePair(open.move)
  const running = open.topology?.links.some((link) => link.crossesSites && link.state === 'running') ?? false
  return (
    <>
      <StationHead title="Drift" sub="not compared yet" actions={pair && <ByItself />} />
      <ByItselfLine />
      {panel && <div className="drift-notes">{panel}</div>}
      <div className="drift-empty-room">
        {pair ? (
          <EmptyState
            icon="changed"
            title="Nothing was compared yet"
            actions={
              <>
                <Button
                  variant={running ? 'primary' : 'default'}
                  size="md"
                  icon="play"
                  keys={['R']}
                  busy={busy && 'Starting'}
                  onPress={start}
                >
                  Compare the data
                </Button>
                {running && (
                  <Button size="md" onPress={wish}>
                    With choices…
                  </Button>
                )}
                {!running && (
                  <Button variant="primary" size="md" onPress={() => openStation('replicate')}>
                    Replicate first
                  </Button>
                )}
              </>
            }
          >
            {running
              ? `Never assume that a replica is equal. Every row of ${pair.old.name} and ${pair.new.name} is compared in small pieces while customers order; what differs is looked at again once the replica has caught up. Only reads.`
              : `${pair.new.name} does not follow ${pair.old.name} yet: a comparison would find everything that is only late. Set up replication first.`}
          </EmptyState>
        ) : (
          <EmptyState
            icon="swap"
            title="No database pair yet"
            actions={
              <Button variant="primary" size="md" icon="link" onPress={() => openStation('topology', 'pair')}>
                Pair the databases
              </Button>
            }
          >
            Say on Topology which two database servers are to be equal.
          </EmptyState>
        )}
      </div>
    </>
  )
}

type SeenProps = {
  state: Seen
  open: OpenMove
  staleAfterMs: number
  panel: ReactNode
  actions: ReactNode
}
type NeverProps = { open: OpenMove; start: () => void; wish: () => void; busy: boolean; panel: ReactNode }
