import {
  type Connection,
  ConnectionMode,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow
} from '@xyflow/react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { Topology } from '../../../shared/topology'
import type { Difference } from '../../../shared/topology-diff'
import { useMove } from '../../state/open-move'
import { editMove } from '../../state/sites'
import { Lanes } from './lane-head'
import { type Layout, layoutOf } from './lanes'
import { LineLayer } from './line-layer'
import { bridgeFrame, linesOf, neighbour } from './lines'
import { type BoxNode, BoxView } from './nodes/box-view'
import type { Picture } from './picture'
import { useRoom } from './use-room'
import { withPair } from './with-pair'

const nodeTypes = { box: BoxView }
const directions = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' } as const

/** Marks are for what counts: in the plan also for what the cutover does. */
const marksOn = (marks: readonly Difference[], id: string): Difference[] => marks.filter((one) => one.mark === id)

function Flow(props: CanvasProps & { room: { width: number; height: number } }) {
  const { picture, room, selected, words, marks, pairing, onSelect, onPairing, onGhost } = props
  const { move } = useMove()
  const { topology } = props
  const flow = useReactFlow()
  const [held, setHeld] = useState<{ id: string; x: number; y: number } | null>(null)
  const hand = useMemo(() => (held ? { ...move.layout, [held.id]: held } : move.layout), [move.layout, held])
  const layout: Layout = useMemo(() => layoutOf(picture, room, hand, props.order), [picture, room, hand, props.order])
  const lines = useMemo(() => linesOf(picture, layout, topology), [picture, layout, topology])
  const bright = useMemo(() => matching(picture, words), [picture, words])
  const from = picture.boxes.find((box) => box.id === pairing)
  const choose = (id: string) => {
    const box = picture.boxes.find((one) => one.id === id)
    if (box?.kind === 'gone') return
    if (box?.kind === 'ghost') onGhost(box.side)
    else if (pairing && from?.kind === 'database' && box?.kind === 'database' && box.side !== from.side) {
      void editMove((now) => withPair(now, from.id, box.id))
      onPairing(null)
      onSelect(id)
    } else onSelect(id)
  }
  const nodes = picture.boxes.flatMap((box): BoxNode[] => {
    const rect = layout.rects[box.id]
    if (!rect) return []
    const across = from?.kind === 'database' && box.kind === 'database' && box.side !== from.side
    return [
      {
        id: box.id,
        type: 'box',
        position: { x: rect.x, y: rect.y },
        width: rect.width,
        height: rect.height,
        draggable: box.kind === 'database' || box.kind === 'app',
        connectable: box.kind === 'database',
        selectable: false,
        focusable: false,
        data: {
          box,
          rect,
          selected: box.id === selected,
          dim: (bright !== null && !bright.has(box.id)) || (pairing !== null && box.id !== pairing && !across),
          pairing: box.id === pairing ? 'source' : across ? 'target' : null,
          differences: marksOn(marks, box.id),
          onOpen: choose
        }
      }
    ]
  })
  const sideLane = (id: string) => {
    const box = picture.boxes.find((one) => one.id === id)
    return box && box.kind !== 'domain' ? layout.lanes[box.side] : null
  }
  const moved = (list: NodeChange<BoxNode>[]) => {
    for (const change of list) {
      if (change.type !== 'position' || !change.position) continue
      const lane = sideLane(change.id)
      if (lane && change.dragging)
        setHeld({ id: change.id, x: Math.round(change.position.x - lane.x), y: Math.round(change.position.y - lane.y) })
    }
  }
  const letGo = () => {
    if (!held) return
    const { id, x, y } = held
    void editMove((now) => ({ ...now, layout: { ...now.layout, [id]: { x, y } } })).then(() => setHeld(null))
  }
  const joined = (a: string, b: string) =>
    picture.links.some(
      (link) => (link.source === a && link.replica === b) || (link.source === b && link.replica === a)
    ) || picture.pairs.some((pair) => (pair.old === a && pair.new === b) || (pair.old === b && pair.new === a))
  const keys = (event: KeyboardEvent<HTMLElement>) => {
    const id = event.target instanceof HTMLElement ? event.target.dataset.box : undefined
    if (!id || event.ctrlKey || event.metaKey || event.altKey) return
    const direction = directions[event.key as keyof typeof directions]
    const box = picture.boxes.find((one) => one.id === id)
    if (direction) {
      const next = neighbour(layout, picture.boxes, id, direction, joined)
      if (next) event.currentTarget.querySelector<HTMLElement>(`[data-box="${CSS.escape(next)}"]`)?.focus()
    } else if (event.key.toLowerCase() === 'p' && box?.kind === 'database') onPairing(pairing === id ? null : id)
    else if (event.key === 'Escape' && pairing) onPairing(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const fits = layout.height <= room.height && layout.width <= room.width
  useEffect(() => {
    if (props.fitted > 0) void flow.fitView({ padding: 0.02, maxZoom: 1 })
  }, [props.fitted, flow])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows walk between the buttons inside
    <div className="cv-in" onKeyDown={keys}>
      <ReactFlow<BoxNode>
        nodes={nodes}
        edges={[]}
        nodeTypes={nodeTypes}
        onNodesChange={moved}
        onNodeDragStop={letGo}
        nodeDragThreshold={4}
        connectionMode={ConnectionMode.Loose}
        isValidConnection={({ source, target }) => sideLane(source) !== sideLane(target ?? '')}
        onConnect={({ source, target }: Connection) => void editMove((now) => withPair(now, source, target))}
        panOnScroll
        zoomOnScroll={false}
        zoomOnDoubleClick={false}
        minZoom={0.3}
        maxZoom={2}
        translateExtent={[
          [-40, -24],
          [Math.max(layout.width, room.width) + 40, Math.max(layout.height, room.height) + 24]
        ]}
        preventScrolling
        panOnDrag={!fits}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        nodesFocusable={false}
        proOptions={{ hideAttribution: true }}
        onPaneClick={() => onPairing(null)}
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
      </ReactFlow>
    </div>
  )
}

const matching = (picture: Picture, words: string): Set<string> | null => {
  const wanted = words.trim().toLowerCase()
  if (wanted === '') return null
  return new Set(picture.boxes.filter((box) => textOf(box).toLowerCase().includes(wanted)).map((box) => box.id))
}

const textOf = (box: Picture['boxes'][number]): string => {
  if (box.kind === 'domain') return box.domain.name
  if (box.kind === 'ghost') return ''
  if (box.kind === 'gone') return box.id
  const version = box.kind === 'database' ? (box.node?.survey?.identity.version ?? '') : ''
  return [box.server.name, box.server.kind, ...box.server.addresses, version].join(' ')
}

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
  order: readonly string[]
  selected: string | null
  words: string
  marks: readonly Difference[]
  /** The picture as it is drawn, which is not always the one of this moment. */
  topology: Topology | null
  pairing: string | null
  fitted: number
  onSelect: (id: string) => void
  onPairing: (id: string | null) => void
  onGhost: (side: 'old' | 'new') => void
}
