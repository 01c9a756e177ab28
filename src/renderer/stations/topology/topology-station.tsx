import { useMemo, useState } from 'react'
import { databasePair } from '../../../shared/move'
import { Age } from '../../parts/age'
import { Body } from '../../parts/body'
import { Button } from '../../parts/button'
import { EmptyState } from '../../parts/empty-state'
import { useShortcut } from '../../parts/hooks/use-shortcut'
import { LiveRegion } from '../../parts/live-region'
import { Segmented } from '../../parts/segmented'
import { Select } from '../../parts/select'
import { StationHead } from '../../parts/station-head'
import { TextInput } from '../../parts/text-input'
import { useMove } from '../../state/open-move'
import { openStation } from '../../state/shell'
import { refreshTopology } from '../../state/topology'
import { useCommand } from '../frame/use-command'
import { Canvas } from './canvas'
import { topologyChanges } from './diff'
import { DiffPanel } from './diff-panel'
import { Inspector } from './inspector'
import { Legend } from './legend'
import { PairBanner } from './pair-banner'
import { pictureOf } from './picture'
import { SnapshotDialog } from './snapshot-dialog'
import { TwoWriters } from './two-writers'
import { useOrder } from './use-order'

/** Topology: the picture of the move, live, and what changed since a snapshot. */
export function TopologyStation() {
  const open = useMove()
  const { move, topology, snapshots } = open
  const picture = useMemo(() => pictureOf(open), [open])
  const order = useOrder(picture)
  const [selected, setSelected] = useState<string | null>(null)
  const [drawer, setDrawer] = useState(false)
  const [pairing, setPairing] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const [sinceId, setSince] = useState<string | null>(null)
  const [naming, setNaming] = useState(false)
  const [fitted, setFitted] = useState(0)
  const since = snapshots.find((snapshot) => snapshot.id === sinceId) ?? null
  const changes = useMemo(() => (since && topology ? topologyChanges(since.topology, topology) : []), [since, topology])
  const firstDatabase = move.old.servers.find((server) => server.kind === 'database')?.id ?? null
  const shown = selected ?? topology?.active ?? databasePair(move)?.old.id ?? firstDatabase
  const select = (id: string) => {
    setSelected(id)
    setDrawer(true)
  }
  const startPair = () => {
    const unpaired = picture.boxes.find((box) => box.kind === 'database' && box.side === 'old' && box.pair === null)
    setPairing(unpaired?.id ?? firstDatabase)
  }
  useCommand('topology', (command) => {
    if (command === 'pair') startPair()
    else if (command === 'snapshot') setNaming(true)
    else if (command.startsWith('inspect:')) select(command.slice('inspect:'.length))
  })
  useShortcut('s', () => setNaming(true), { enabled: topology !== null })
  useShortcut('r', () => void refreshTopology())
  useShortcut('f', () => setFitted(fitted + 1))
  useShortcut('/', () => document.querySelector<HTMLInputElement>('.topo-find input')?.focus())
  const empty = move.old.servers.length + move.new.servers.length === 0
  if (empty) return <NoServers />
  return (
    <>
      <StationHead
        title="Topology"
        tabs={
          <div className="row">
            <Segmented
              label="Lens"
              value={since ? 'since' : 'live'}
              onChange={(lens) => {
                setSince(lens === 'live' ? null : (snapshots.at(-1)?.id ?? null))
                setDrawer(lens === 'since')
              }}
              segments={[
                { id: 'live', label: 'Live', icon: 'eye' },
                {
                  id: 'since',
                  label: 'Diff since',
                  icon: 'clock',
                  count: since ? changes.length : undefined,
                  disabled: snapshots.length === 0 ? 'Take a snapshot first' : undefined
                }
              ]}
            />
            {since && (
              <Select
                label="Snapshot to compare with"
                value={since.id}
                onChange={setSince}
                options={snapshots.map((snapshot) => ({ id: snapshot.id, label: snapshot.name }))}
                width={176}
              />
            )}
          </div>
        }
        actions={
          <>
            <span className="s11 t3 hide-narrow nw">
              {topology ? (
                <>
                  survey <Age at={topology.at} ago staleAfterMs={10_000} />
                </>
              ) : (
                'not asked yet'
              )}
            </span>
            <span className="topo-find">
              <TextInput
                value={words}
                onChange={setWords}
                label="Find in the picture"
                placeholder="Find"
                icon="search"
                type="search"
              />
            </span>
            <Button icon="refresh" onPress={() => void refreshTopology()} label="Ask every server again">
              Ask again
            </Button>
            <Button
              icon="camera"
              keys={['S']}
              disabled={!topology && 'Nothing was asked yet'}
              onPress={() => setNaming(true)}
            >
              Snapshot
            </Button>
          </>
        }
      />
      <Body>
        <div className="topo">
          <TwoWriters />
          <PairBanner picture={picture} pairing={pairing} onCancel={() => setPairing(null)} />
          <Canvas
            picture={picture}
            order={order}
            selected={shown}
            words={words}
            changes={changes}
            pairing={pairing}
            fitted={fitted}
            onSelect={select}
            onPairing={setPairing}
            onGhost={(side) => openStation('sites', side === 'old' ? 'add-old' : 'add-new')}
          />
          <Legend onFit={() => setFitted(fitted + 1)} />
        </div>
        {since ? (
          <DiffPanel
            snapshot={since}
            changes={changes}
            open={drawer}
            onClose={() => setDrawer(false)}
            onSelect={setSelected}
          />
        ) : (
          <Inspector
            picture={picture}
            selected={shown}
            open={drawer}
            onClose={() => setDrawer(false)}
            onPair={() => shown && setPairing(shown)}
          />
        )}
      </Body>
      <LiveRegion>
        {topology && topology.writable.length > 1 ? `${topology.writable.length} servers take writes` : ''}
      </LiveRegion>
      {naming && <SnapshotDialog onClose={() => setNaming(false)} onTaken={() => {}} />}
    </>
  )
}

function NoServers() {
  return (
    <>
      <StationHead title="Topology" />
      <EmptyState
        icon="database"
        title="No server yet"
        actions={
          <Button variant="primary" icon="plus" onPress={() => openStation('sites', 'add-old')}>
            Add the old database
          </Button>
        }
      >
        The picture draws itself from the servers of both sites: who takes writes, who follows whom, and how far behind.
      </EmptyState>
    </>
  )
}
