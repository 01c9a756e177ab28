import { memo } from 'react'
import type { BridgeState, BridgeThroughput, TopologyLink } from '../../../shared/topology'
import type { Difference } from '../../../shared/topology-diff'
import { Age } from '../../parts/age'
import { formatByteRate, formatCount, formatDuration, formatLag, formatMoment } from '../../parts/format'
import { Icon } from '../../parts/icon'
import { Sparkline } from '../../parts/sparkline'
import { StatusIcon } from '../../parts/status-icon'
import { DiffMark } from './diff-mark'
import type { Layout, Rect } from './lanes'
import { type Level, useLevel } from './level'
import { LinePaths } from './line-paths'
import type { Line } from './lines'
import { isNotStarted } from './trouble-of'
import { UnderBoxes } from './under-boxes'

/** All lines under the boxes and their labels on them, moved and scaled with the canvas. */
export const LineLayer = memo(function LineLayer(props: LineLayerProps) {
  const { lines, layout, bridge, frame, selected, dim, marks = noMarks, onSelect } = props
  const level = useLevel()
  const faded = (line: Line) =>
    dim !== null && !(line.link && (dim.has(line.link.source) || dim.has(line.link.replica)))
  const byLine = new Map<string, Difference[]>()
  for (const one of marks)
    if (one.area === 'link' && one.mark) byLine.set(one.mark, [...(byLine.get(one.mark) ?? []), one])
  const labelled = lines.filter(
    (line) => line.label && (byLine.has(line.id) || hasLabel(line, layout, level, selected))
  )
  return (
    <UnderBoxes>
      <LinePaths lines={lines} selected={selected} faded={faded} width={layout.width} height={layout.height} />
      {frame && bridge && level === 'near' && (
        <BridgeLabels frame={frame} bridge={bridge} onSelect={() => onSelect('bridge')} />
      )}
      {labelled.map((line) => (
        <div
          key={line.id}
          className={`lbl${line.label?.on === 'lane' ? ' lane-bg' : ''}${faded(line) ? ' faded' : ''}`}
          style={{ left: line.label?.x, top: line.label?.y }}
          data-link={line.link?.id}
        >
          {byLine.has(line.id) ? (
            <button
              type="button"
              className="link-lbl"
              aria-label={`Differences of the link ${line.link?.source} to ${line.link?.replica}`}
              onClick={() => onSelect(line.id)}
            >
              <DiffMark differences={byLine.get(line.id) ?? []} />
            </button>
          ) : (
            <LabelOf
              line={line}
              wide={layout.tops === null && layout.lanes.old.width >= 400}
              selected={line.id === selected}
              onSelect={onSelect}
            />
          )}
        </div>
      ))}
    </UnderBoxes>
  )
})

const noMarks: readonly Difference[] = []

/** In a fleet only what is not as it should be has words on its line: the rest stands on the cards. */
const hasLabel = (line: Line, layout: Layout, level: Level, selected: string | null): boolean => {
  if (layout.tops === null) return level !== 'far'
  if (level !== 'near') return false
  return line.kind !== 'link' || line.id === selected || line.link?.crossesSites === true || line.look !== 'inside'
}

function LabelOf({
  line,
  wide,
  selected,
  onSelect
}: {
  line: Line
  wide: boolean
  selected: boolean
  onSelect: (id: string) => void
}) {
  if (line.kind === 'pair')
    return (
      <>
        <Icon name="swap" size={12} /> pair {line.count}
      </>
    )
  if (line.kind === 'app')
    return (
      <>
        <b>{formatCount(line.count)}</b> {line.count === 1 ? 'connection' : 'connections'}
      </>
    )
  if (!line.link) return null
  return (
    <button
      type="button"
      className={`link-lbl${selected ? ' on' : ''}`}
      aria-label={`Link ${line.link.source} to ${line.link.replica}, ${linkWords(line.link)}`}
      onClick={() => onSelect(line.id)}
    >
      <LinkLabel link={line.link} wide={wide} />
    </button>
  )
}

const linkWords = (link: TopologyLink): string =>
  link.state === 'running' || link.state === 'lagging' ? `${link.state}, lag ${formatLag(link.lagSeconds)}` : link.state

function LinkLabel({ link, wide }: { link: TopologyLink; wide: boolean }) {
  switch (link.state) {
    case 'broken':
    case 'stopped': {
      if (isNotStarted(link))
        return (
          <>
            <StatusIcon status="todo" size={12} />
            <b>not started</b>
            <Age at={link.at} />
          </>
        )
      const code = (link.status.applierError ?? link.status.receiverError)?.code
      return (
        <>
          <StatusIcon status="danger" size={12} />
          <b className="c-dan">{link.state === 'broken' && code ? `error ${code}` : 'stopped'}</b>
          <Age at={link.at} ago={wide} />
        </>
      )
    }
    case 'connecting':
      return (
        <>
          <StatusIcon status="attention" size={12} />
          <b className="c-att">connecting</b>
          <Age at={link.at} />
        </>
      )
    case 'lagging':
    case 'running':
      return (
        <>
          {link.state === 'lagging' && <StatusIcon status="attention" size={12} />}
          lag <b className={link.state === 'lagging' ? 'c-att' : undefined}>{formatLag(link.lagSeconds)}</b>
          {wide && link.crossesSites && (
            <Sparkline values={link.lagHistory} width={72} height={14} label="lag over the last minute" />
          )}
          <Age at={link.at} ago={wide && link.crossesSites} />
        </>
      )
    default:
      return link.state satisfies never
  }
}

function BridgeLabels({ frame, bridge, onSelect }: { frame: Rect; bridge: BridgeState; onSelect: () => void }) {
  const up = bridge.kind === 'up'
  const x = frame.x + frame.width / 2
  return (
    <>
      <button
        type="button"
        className="bridge-lbl top"
        style={{ left: x, top: frame.y - 6 }}
        onClick={onSelect}
        aria-label={`Bridge, ${bridge.kind}`}
      >
        <b>Bridge</b>
        <span className={up ? undefined : 'c-dan'}>
          {up
            ? `SSH tunnel${bridge.since === null ? '' : `, up ${formatDuration(Date.now() - bridge.since)}`}`
            : bridge.kind === 'down'
              ? 'SSH tunnel is down'
              : 'state unknown'}
        </span>
      </button>
      <div className="bridge-lbl" style={{ left: x, top: frame.y + frame.height + 6 }}>
        <span>
          RTT <b>{formatDuration(bridge.roundTripMs)}</b>
        </span>
        {bridge.throughput && <Carries throughput={bridge.throughput} width={frame.width - 16} />}
        <Age at={bridge.at} ago />
      </div>
    </>
  )
}

/** What flows in each direction, drawn as the sites stand: to the new one to the right. */
function Carries({ throughput, width }: { throughput: BridgeThroughput; width: number }) {
  const { toNewPerSecond, toOldPerSecond, overMs, at } = throughput
  return (
    <span
      className="bridge-carries"
      style={{ maxWidth: width }}
      title={`Bytes of its connection, over ${formatDuration(overMs)} before ${formatMoment(at)}`}
    >
      <span>
        <Icon name="arrow-right" size={12} label="to the new site" /> <b>{formatByteRate(toNewPerSecond)}</b>
      </span>
      <span>
        <Icon name="arrow-left" size={12} label="to the old site" /> <b>{formatByteRate(toOldPerSecond)}</b>
      </span>
    </span>
  )
}

/** What a `LineLayer` draws; `dim` names the servers that stay bright while something is searched. */
export type LineLayerProps = {
  lines: readonly Line[]
  layout: Layout
  bridge: BridgeState | undefined
  frame: Rect | null
  selected: string | null
  dim: ReadonlySet<string> | null
  /** Differences drawn on the lines they speak of. */
  marks?: readonly Difference[]
  onSelect: (id: string) => void
}
