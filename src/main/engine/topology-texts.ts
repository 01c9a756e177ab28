import type { Move } from '../../shared/move'
import type { Topology } from '../../shared/topology'
import type { TopologyDiff } from '../../shared/topology-diff'
import { differenceHtml } from '../report/difference-html'
import { differenceMarkdown } from '../report/difference-markdown'
import { topologySvg } from '../report/topology-svg'
import { topologyText } from '../topology/text'

export type DiffFormat = 'html' | 'markdown' | 'json'

/** The differences as a file. */
export const diffText = (move: Move, diff: TopologyDiff, format: DiffFormat): string => {
  if (format === 'html') return differenceHtml(move.name, diff)
  if (format === 'markdown') return differenceMarkdown(move.name, diff)
  // What a script reads: without the picture, which is the look of a window.
  const { planned: _, ...rest } = diff
  return `${JSON.stringify({ format: 'siteswap.differences', version: 1, move: move.name, ...rest }, null, 2)}\n`
}

/** The picture as a drawing that needs nothing else. */
export const pictureSvg = (move: Move, topology: Topology): string =>
  topologySvg(topology, { old: move.old.name, new: move.new.name })

/** The picture for a terminal or a ticket. */
export const pictureText = (move: Move, topology: Topology): string => topologyText(move, topology)
