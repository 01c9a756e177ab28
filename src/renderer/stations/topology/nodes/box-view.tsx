import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import type { Difference } from '../../../../shared/topology-diff'
import { useBoxData } from '../box-store'
import { DiffMark } from '../diff-mark'
import type { Rect } from '../lanes'
import type { Level } from '../level'
import type { Box } from '../picture'
import { AppBox } from './app-box'
import { boxWords } from './box-words'
import { DatabaseBox } from './database-box'
import { DatabaseDot, SmallDot } from './database-dot'
import { DomainBox } from './domain-box'
import { FoundBox } from './found-box'
import { GhostBox } from './ghost-box'
import { GoneBox } from './gone-box'

/** What a box of the picture says. */
export type BoxData = {
  box: Box
  rect: Rect
  level: Level
  selected: boolean
  dim: boolean
  pairing: 'source' | 'target' | null
  differences: Difference[]
  onOpen: (id: string) => void
}
/** The canvas is told only where it stands; what it says is in the store of boxes. */
export type BoxNode = Node<Record<string, never>, 'box'>

const classOf = ({ box, level, selected, dim, pairing }: BoxData): string => {
  const classes = [box.kind === 'database' || box.kind === 'gone' ? 'node' : 'node small']
  if (level !== 'near') classes.push(level)
  if (box.kind === 'database' && level !== 'near' && box.trouble) classes.push(box.trouble.tone)
  if (box.kind === 'ghost') classes.push('ghost')
  if (box.kind === 'found') classes.push('found', 'ghost')
  if (box.kind === 'gone') classes.push('gone', 'ghost')
  if (box.kind === 'database' && box.role === 'takes-writes') classes.push(box.side === 'old' ? 'act-o' : 'act-n')
  if (box.kind === 'database' && (box.node?.failure || !box.node?.survey)) classes.push('silent')
  if (box.kind === 'app' && box.app?.failure) classes.push('silent')
  if (selected || pairing === 'source') classes.push('sel')
  if (dim) classes.push('dim')
  if (pairing === 'target') classes.push('drop')
  return classes.join(' ')
}

function Content({ box, level, wide, width }: { box: Box; level: Level; wide: boolean; width: number }) {
  switch (box.kind) {
    case 'database':
      if (level !== 'near') return <DatabaseDot box={box} level={level} />
      return <DatabaseBox box={box} wide={wide} width={width} />
    case 'app':
      if (level !== 'near') return <SmallDot name={box.server.name} />
      return <AppBox box={box} />
    case 'domain':
      if (level !== 'near') return <SmallDot name={box.domain.name} />
      return <DomainBox box={box} />
    case 'ghost':
      return <GhostBox box={box} />
    case 'found':
      if (level !== 'near') return <SmallDot name={box.found.name} />
      return <FoundBox box={box} />
    case 'gone':
      return <GoneBox box={box} />
    default:
      return box satisfies never
  }
}

/** One box of the picture: pressed it opens the inspector; its inner edge can be drawn across to make a pair. */
export const BoxView = memo(function BoxView({ id }: NodeProps<BoxNode>) {
  const data = useBoxData(id)
  if (!data) return null
  const { box, rect, level, differences, onOpen } = data
  // A line is drawn from a card that can be read.
  const pairable = box.kind === 'database' && level === 'near'
  return (
    <>
      <button
        type="button"
        className={classOf(data)}
        style={{ width: rect.width, height: rect.height }}
        aria-label={boxWords(box)}
        aria-pressed={data.selected}
        data-box={box.id}
        onClick={() => onOpen(box.id)}
      >
        <Content box={box} level={level} wide={rect.height > 110} width={rect.width} />
      </button>
      {differences.length > 0 && <DiffMark differences={differences} />}
      {pairable && (
        <Handle
          type="source"
          id="pair"
          position={box.side === 'old' ? Position.Right : Position.Left}
          className="pair-handle"
          title={`Draw to a database across to make a pair`}
        />
      )}
    </>
  )
})
