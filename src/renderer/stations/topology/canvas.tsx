import {
  type Connection,
  ConnectionMode,
  type CoordinateExtent,
  type Edge,
  MiniMap,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  type ReactFlowState,
  useReactFlow,
  useStore,
  useStoreApi,
  type Viewport
} from '@xyflow/react'
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Topology } from '../../../shared/topology'
import type { Difference } from '../../../shared/topology-diff'
import { useShortcut } from '../../parts/hooks/use-shortcut'
import { useMove } from '../../state/open-move'
import { editMove } from '../../state/sites'
import { BoxStoreContext } from './box-store'
import type { Edges } from './forest'
import { Lanes } from './lane-head'
import type { Layout } from './lanes'
import { LevelContext, levelAt } from './level'
import { LineLayer } from './line-layer'
import { bridgeFrame, linesOf } from './lines'
import { type BoxNode, BoxView } from './nodes/box-view'
import type { Box, Picture } from './picture'
import { useBoxNodes } from './use-box-nodes'
import { useLayout } from './use-layout'
import { useRoom } from './use-room'
import { useStable } from './use-stable'
import { bringIntoSight, directions, nextBox } from './walk'
import { withPair } from './with-pair'

const nodeTypes = { box: BoxView }
/** More boxes than this are only in the document while they are in sight. */
const allDrawn = 80
const levelOf = (store: ReactFlowState) => levelAt(store.transform[2])

/** Room above the lanes for the names of the sites, when they are drawn from far. */
const headRoom = 36

/** The magnification at which all of it is in sight. */
const zoomToFit = (layout: Layout, room: { width: number; height: number }): number =>
  Math.max(0.04, Math.min(1, (room.width - 16) / layout.width, (room.height - headRoom - 12) / layout.height))

/** The place and magnification at which all of it is in sight. */
const wholeOf = (layout: Layout, room: { width: number; height: number }): Viewport => {
  const zoom = zoomToFit(layout, room)
  return { zoom, x: Math.max(0, (room.width - layout.width * zoom) / 2), y: zoom < 1 ? headRoom : 0 }
}

function Flow(props: CanvasProps & { room: { width: number; height: number } }) {
  const { picture, room, selected, bright, marks, pairing, topology, onSelect, onPairing, onGhost } = props
  const { move } = useMove()
  const flow = useReactFlow<BoxNode>()
  const inside = useStoreApi()
  const level = useStore(levelOf)
  const canvas = useRef<HTMLDivElement>(null)
  const [held, setHeld] = useState<{ id: string; x: number; y: number } | null>(null)
  const hand = useMemo(() => (held ? { ...move.layout, [held.id]: held } : move.layout), [move.layout, held])
  const layout = useLayout(picture, room, hand, props.edges)
  const lines = useMemo(() => linesOf(picture, layout, topology), [picture, layout, topology])
  const boxOf = (id: string | null) => picture.boxes.find((box) => box.id === id)
  const choose = (id: string) => {
    const [box, from] = [boxOf(id), boxOf(pairing)]
    if (box?.kind === 'gone') return
    if (box?.kind === 'ghost') onGhost(box.side)
    else if (pairing && from?.kind === 'database' && box?.kind === 'database' && box.side !== from.side) {
      void editMove((now) => withPair(now, from.id, box.id))
      onPairing(null)
      onSelect(id)
    } else onSelect(id)
  }
  const { nodes, store } = useBoxNodes(picture, layout, { selected, bright, pairing, marks, level }, choose)
  const colours = mapKey(picture)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map is drawn again when a colour on it changes
  const mapClass = useCallback((node: BoxNode) => mapClassOf(store.get(node.id)?.box), [store, colours])
  const sideLane = (id: string) => {
    const box = boxOf(id)
    return box && box.kind !== 'domain' ? layout.lanes[box.side] : null
  }
  const moved = useStable((list: NodeChange<BoxNode>[]) => {
    for (const change of list) {
      if (change.type !== 'position' || !change.position) continue
      const lane = sideLane(change.id)
      if (lane && change.dragging)
        setHeld({ id: change.id, x: Math.round(change.position.x - lane.x), y: Math.round(change.position.y - lane.y) })
    }
  })
  const letGo = useStable(() => {
    if (!held) return
    const { id, x, y } = held
    void editMove((now) => ({ ...now, layout: { ...now.layout, [id]: { x, y } } })).then(() => setHeld(null))
  })
  const see = (id: string, focus: boolean) => bringIntoSight(id, layout, room, flow, canvas.current, focus)
  const keys = (event: KeyboardEvent<HTMLElement>) => {
    const id = event.target instanceof HTMLElement ? event.target.dataset.box : undefined
    if (!id || event.ctrlKey || event.metaKey || event.altKey) return
    const direction = directions[event.key as keyof typeof directions]
    if (direction) {
      const next = nextBox(picture, layout, id, direction)
      if (next) see(next, true)
    } else if (event.key.toLowerCase() === 'p' && boxOf(id)?.kind === 'database') onPairing(pairing === id ? null : id)
    else if (event.key === 'Escape' && pairing) onPairing(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const asked = (event: MouseEvent<HTMLElement>) => {
    const at = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-box], [data-link]') : null
    const id = at?.dataset.box ?? at?.dataset.link
    if (!id) return
    event.preventDefault()
    props.onAsked(id, { x: event.clientX, y: event.clientY })
  }
  const whole = zoomToFit(layout, room)
  // While answers come in the picture grows: all of it stays in sight until a person moves it.
  const touched = useRef(false)
  const began = useStable((event: unknown) => {
    if (event) touched.current = true
    canvas.current?.classList.add('moving')
  })
  const ended = useStable(() => canvas.current?.classList.remove('moving'))
  const mayPair = useStable(({ source, target }: Edge | Connection) => sideLane(source) !== sideLane(target ?? ''))
  const paired = useStable(({ source, target }: Connection) => void editMove((now) => withPair(now, source, target)))
  const left = useStable(() => onPairing(null))
  const fittedTo = useRef(whole)
  const fitAll = useStable(() => {
    fittedTo.current = whole
    void flow.setViewport(wholeOf(layout, room))
  })
  useEffect(() => {
    if (!layout.tops || touched.current) return
    // No box is out of sight, and taken out, between the old place in the new room and the new one in the old.
    const { width, height } = inside.getState()
    if (width < room.width || height < room.height)
      inside.setState({ width: Math.max(width, room.width), height: Math.max(height, room.height) })
    fitAll()
  }, [layout, room, fitAll, inside])
  // A map of what is in sight anyway would only hide it; before all of it is put in sight again it is not magnified.
  const zoomed = useStore(
    (store) => (touched.current || fittedTo.current === whole) && store.transform[2] > whole * 1.1
  )
  const margin = layout.tops ? 1200 : 40
  const [right, bottom] = [Math.max(layout.width, room.width) + margin, Math.max(layout.height, room.height) + margin]
  const extent = useMemo(
    (): CoordinateExtent => [
      [-margin, -margin],
      [right, bottom]
    ],
    [margin, right, bottom]
  )
  const [first] = useState(() => (layout.tops ? wholeOf(layout, room) : origin))
  const fits = layout.height <= room.height && layout.width <= room.width
  useEffect(() => {
    if (props.fitted === 0) return
    touched.current = false
    fitAll()
  }, [props.fitted, fitAll])
  const zoomBy = (factor: number) => {
    touched.current = true
    void flow.zoomTo(flow.getZoom() * factor)
  }
  useShortcut('+', () => zoomBy(1.25))
  useShortcut('=', () => zoomBy(1.25))
  useShortcut('-', () => zoomBy(0.8))
  const seen = useRef(see)
  seen.current = see
  useEffect(() => {
    if (!props.sought) return
    touched.current = true
    seen.current(props.sought.id, false)
  }, [props.sought])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows walk between the buttons inside
    <div className={`cv-in at-${level}`} ref={canvas} onKeyDown={keys} onContextMenu={asked}>
      <LevelContext value={level}>
        <BoxStoreContext value={store}>
          <ReactFlow<BoxNode>
            nodes={nodes}
            edges={noEdges}
            nodeTypes={nodeTypes}
            onNodesChange={moved}
            onMoveStart={began}
            onMoveEnd={ended}
            onNodeDragStop={letGo}
            nodeDragThreshold={4}
            connectionMode={ConnectionMode.Loose}
            isValidConnection={mayPair}
            onConnect={paired}
            onlyRenderVisibleElements={nodes.length > allDrawn}
            defaultViewport={first}
            panOnScroll
            zoomOnScroll={false}
            zoomOnDoubleClick={false}
            minZoom={Math.min(0.3, whole)}
            maxZoom={2}
            translateExtent={extent}
            preventScrolling
            panOnDrag={!fits}
            disableKeyboardA11y
            deleteKeyCode={null}
            selectionKeyCode={null}
            nodesFocusable={false}
            proOptions={hidden}
            onPaneClick={left}
            aria-label="Picture of the move"
          >
            <Lanes layout={layout} />
            <LineLayer
              lines={lines}
              layout={layout}
              bridge={topology?.bridge}
              frame={bridgeFrame(picture, layout, topology?.bridge)}
              selected={selected}
              dim={bright}
              marks={marks}
              onSelect={onSelect}
            />
            {layout.tops && zoomed && (
              <MiniMap<BoxNode> pannable zoomable nodeClassName={mapClass} ariaLabel="Map of the picture" />
            )}
          </ReactFlow>
        </BoxStoreContext>
      </LevelContext>
    </div>
  )
}

const noEdges: [] = []
const origin: Viewport = { x: 0, y: 0, zoom: 1 }
const hidden = { hideAttribution: true }

/** A box on the map: its role and what is wrong, in colours of the picture. */
const mapClassOf = (box: Box | undefined): string => {
  if (box?.kind !== 'database') return 'map-other'
  if (box.trouble) return `map-${box.trouble.tone}`
  return box.role === 'takes-writes' ? `map-writes ${box.side}` : 'map-database'
}

const mapKey = (picture: Picture): string => picture.boxes.map(mapClassOf).join(' ')

/** The picture on a canvas that measures its own room. */
export function Canvas(props: CanvasProps) {
  const element = useRef<HTMLDivElement>(null)
  const room = useRoom(element)
  return (
    <div className="cv" ref={element}>
      {room.width > 0 && (
        <ReactFlowProvider>
          <Flow {...props} room={room} />
        </ReactFlowProvider>
      )}
    </div>
  )
}

/** What a `Canvas` is told; `pairing` is the database for which a counterpart is being chosen, `fitted` counts presses of Fit. */
export type CanvasProps = {
  picture: Picture
  /** The links by which servers are placed. */
  edges: Edges
  selected: string | null
  /** The boxes that stay bright while something is searched; null: all. */
  bright: ReadonlySet<string> | null
  marks: readonly Difference[]
  /** The picture as it is drawn, which is not always the one of this moment. */
  topology: Topology | null
  pairing: string | null
  fitted: number
  /** A box to bring into sight, anew each time it is another object. */
  sought: { id: string } | null
  onSelect: (id: string) => void
  onPairing: (id: string | null) => void
  onGhost: (side: 'old' | 'new') => void
  /** The menu of a box or link was asked for at this place of the window. */
  onAsked: (id: string, at: { x: number; y: number }) => void
}
