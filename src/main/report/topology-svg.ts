import type { SiteSide } from '../../shared/move'
import type { Topology } from '../../shared/topology'
import { drawingStyle } from './style'
import { topologyDrawing } from './topology-drawing'

/** The picture as an SVG of its own: its colours and sizes are in it, nothing is fetched, nothing runs. */
export const topologySvg = (topology: Topology, names: Record<SiteSide, string>): string => {
  const { markup } = topologyDrawing(topology, names)
  const size = /viewBox="0 0 (\d+) (-?\d+)"/.exec(markup)
  const [width, height] = [size?.[1] ?? '860', size?.[2] ?? '400']
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" `
  return markup
    .replace('<svg ', head)
    .replace(/>/, `><style>${drawingStyle}</style><rect class="ground" width="${width}" height="${height}"/>`)
}
