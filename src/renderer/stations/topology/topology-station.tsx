import { memo, useMemo, useState } from 'react'
import { databasePair } from '../../../shared/move'
import { Body } from '../../parts/body'
import { Button } from '../../parts/button'
import { EmptyState } from '../../parts/empty-state'
import { useShortcut } from '../../parts/hooks/use-shortcut'
import { Icon } from '../../parts/icon'
import { LiveRegion } from '../../parts/live-region'
import { StationHead } from '../../parts/station-head'
import { useDiscovery } from '../../state/discovery'
import { useMove } from '../../state/open-move'
import { openStation } from '../../state/shell'
import { editMove } from '../../state/sites'
import { refreshTopology } from '../../state/topology'
import { showDiff, showLive, useTopologyDiff } from '../../state/topology-diff'
import { useCommand } from '../frame/use-command'
import { BoxMenu } from './box-menu'
import { brightOf, type PictureFilter } from './bright-of'
import { Canvas } from './canvas'
import { comparedPicture, marksOf } from './compared-picture'
import { DiffPanel } from './diff-panel'
import { ExportMenu } from './export-menu'
import { FindTools } from './find-tools'
import { withFound } from './found-boxes'
import { Inspector } from './inspector'
import { DiffLegend, Legend } from './legend'
import { LensSwitch } from './lens-switch'
import { looksOf } from './looks-of'
import { PairBanner } from './pair-banner'
import { PanelSwitch } from './panel-switch'
import { pictureOf } from './picture'
import { SnapshotDialog } from './snapshot-dialog'
import { StatementsDialog } from './statements-dialog'
import { TwoWriters } from './two-writers'
import { useStructure } from './use-structure'

/** Topology: the picture of the move, live, and what changed since a snapshot. The clock of the window around does not draw it. */
export const TopologyStation = memo(function TopologyStation() {
  const { move, topology, runs } = useMove()
  const shownDiff = useTopologyDiff((store) => store.shown)
  const search = useDiscovery()
  const discovery = search.kind === 'open' ? search.discovery : null
  const compared = shownDiff?.moveId === move.id ? shownDiff : null
  const diff = compared && (compared.state.kind === 'done' ? compared.state.diff : compared.state.last)
  const drawn = diff?.planned ?? topology
  const picture = useMemo(() => {
    const moves = comparedPicture(pictureOf({ move, topology: drawn, runs }), diff)
    return diff ? moves : withFound(moves, move, drawn, discovery)
  }, [move, drawn, runs, diff, discovery])
  const marks = useMemo(() => marksOf(diff), [diff])
  const [difference, setDifference] = useState<string | null>(null)
  const [tidied, setTidied] = useState(0)
  const edges = useStructure(move.id, picture, tidied)
  const [selected, setSelected] = useState<string | null>(null)
  const [drawer, setDrawer] = useState(false)
  const [pairing, setPairing] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const [filter, setFilter] = useState<PictureFilter>('all')
  const bright = useMemo(() => (compared ? null : brightOf(picture, words, filter)), [compared, picture, words, filter])
  const [sought, setSought] = useState<{ id: string } | null>(null)
  const [asked, setAsked] = useState<{ id: string; at: { x: number; y: number } } | null>(null)
  const [shownWords, setShownWords] = useState<string | null>(null)
  const [panel, setPanel] = useState<'differences' | 'inspector'>('differences')
  const [naming, setNaming] = useState(false)
  const [fitted, setFitted] = useState(0)
  const firstDatabase = move.old.servers.find((server) => server.kind === 'database')?.id ?? null
  const shown = selected ?? topology?.active ?? databasePair(move)?.old.id ?? firstDatabase
  const select = (id: string) => {
    setSelected(id)
    setDrawer(true)
  }
  /** In a comparison a box opens what differs on it. */
  const selectCompared = (id: string) => {
    setSelected(id)
    setDrawer(true)
    setDifference(marks.find((one) => one.mark === id)?.id ?? null)
  }
  const seeNext = () => {
    const found = picture.boxes.filter((box) => bright?.has(box.id)).map((box) => box.id)
    const next = found[(found.indexOf(sought?.id ?? '') + 1) % found.length]
    if (!next) return
    setSought({ id: next })
    setSelected(next)
  }
  const hasMoved = Object.keys(move.layout).length > 0
  const tidy = () => {
    setTidied(tidied + 1)
    if (hasMoved) void editMove((now) => ({ ...now, layout: {} }))
  }
  const startPair = () => {
    const unpaired = picture.boxes.find((box) => box.kind === 'database' && box.side === 'old' && box.pair === null)
    setPairing(unpaired?.id ?? firstDatabase)
  }
  useCommand('topology', (command) => {
    if (command === 'snapshot') setNaming(true)
    else {
      // What is pointed at from elsewhere is what is true now.
      showLive()
      if (command === 'pair') startPair()
      else if (command.startsWith('inspect:')) {
        const id = command.slice('inspect:'.length)
        select(id)
        setSought({ id })
      }
    }
  })
  useShortcut('s', () => setNaming(true), { enabled: topology !== null })
  const askAgain = () => void (compared ? showDiff(compared.lens) : refreshTopology())
  useShortcut('r', askAgain)
  useShortcut('f', () => setFitted(fitted + 1))
  useShortcut('t', tidy)
  useShortcut('/', () => document.querySelector<HTMLInputElement>('.topo-find input')?.focus())
  const empty = move.old.servers.length + move.new.servers.length === 0
  if (empty) return <NoServers />
  return (
    <>
      <StationHead
        title="Topology"
        tabs={
          <LensSwitch
            lens={compared?.lens ?? null}
            diff={diff}
            onChosen={(kind) => {
              setDifference(null)
              setDrawer(kind !== 'live')
            }}
          />
        }
        actions={
          <>
            {compared === null ? (
              <FindTools
                topology={topology}
                words={words}
                filter={filter}
                found={bright?.size ?? null}
                onWords={setWords}
                onFilter={setFilter}
                onNext={seeNext}
              />
            ) : (
              <PanelSwitch panel={panel} onPanel={setPanel} />
            )}
            <Button
              icon="refresh"
              busy={compared?.state.kind === 'asking' && 'Comparing'}
              onPress={askAgain}
              label={compared ? 'Compare again' : 'Ask every server again'}
            >
              {compared ? 'Compare again' : 'Ask again'}
            </Button>
            <Button
              icon="camera"
              keys={['S']}
              disabled={!topology && 'Nothing was asked yet'}
              onPress={() => setNaming(true)}
            >
              Snapshot
            </Button>
            <ExportMenu lens={compared?.lens ?? null} />
          </>
        }
      />
      <Body>
        <div className="topo">
          <TwoWriters />
          {diff?.planned && (
            <p className="pair-banner">
              <Icon name="clock" /> The picture as it will be after the cutover; the marks say what is not so yet.
            </p>
          )}
          <PairBanner picture={picture} pairing={pairing} onCancel={() => setPairing(null)} />
          <Canvas
            picture={picture}
            edges={edges}
            selected={shown}
            bright={bright}
            marks={marks}
            topology={drawn}
            pairing={pairing}
            fitted={fitted}
            sought={sought}
            onSelect={compared ? selectCompared : select}
            onPairing={setPairing}
            onGhost={(side) => openStation('sites', side === 'old' ? 'add-old' : 'add-new')}
            onAsked={(id, at) => setAsked({ id, at })}
          />
          {compared ? (
            <DiffLegend onFit={() => setFitted(fitted + 1)} />
          ) : (
            <Legend looks={looksOf(picture, drawn?.bridge)} onFit={() => setFitted(fitted + 1)} onTidy={tidy} />
          )}
        </div>
        {compared && panel === 'differences' ? (
          <DiffPanel
            state={compared.state}
            selected={difference}
            shown={drawer}
            onClose={() => setDrawer(false)}
            onSelect={(one) => {
              setDifference(one.id === difference ? null : one.id)
              if (one.mark) setSelected(one.mark)
            }}
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
      {asked && (
        <BoxMenu
          picture={picture}
          id={asked.id}
          at={asked.at}
          onClose={() => setAsked(null)}
          onInspect={() => {
            setPanel('inspector')
            select(asked.id)
          }}
          onPair={() => setPairing(asked.id)}
          onStatements={() => setShownWords(asked.id)}
        />
      )}
      {shownWords && <StatementsDialog picture={picture} id={shownWords} onClose={() => setShownWords(null)} />}
      {naming && <SnapshotDialog onClose={() => setNaming(false)} onTaken={() => {}} />}
    </>
  )
})

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
