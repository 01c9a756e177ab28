import type { BridgeState } from '../../../shared/topology'
import { type LineLook, lookOf } from './lines'
import type { Picture } from './picture'

/** The kinds of lines that a picture has, for its legend. Pure. */
export const looksOf = (picture: Picture, bridge: BridgeState | undefined): ReadonlySet<LineLook> => {
  const looks = new Set<LineLook>(picture.links.map((link) => lookOf(link, () => 'old')))
  const linked = new Set(
    picture.links.flatMap((link) => [`${link.source} ${link.replica}`, `${link.replica} ${link.source}`])
  )
  if (picture.boxes.some((box) => box.kind === 'app' && box.connections > 0)) looks.add('app')
  if (bridge && bridge.kind !== 'absent' && picture.mainPair) looks.add('bridge')
  if (picture.boxes.some((box) => box.kind === 'domain' && box.pointsTo !== 'both')) looks.add('plan')
  if (picture.pairs.some((pair) => !linked.has(`${pair.old} ${pair.new}`))) looks.add('pair')
  return looks
}
