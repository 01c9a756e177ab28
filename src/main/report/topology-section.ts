import type { Report } from '../../shared/report'
import type { Topology } from '../../shared/topology'
import { html, type Markup, own } from './markup'
import { moment } from './plain-format'
import { nothing, type Section } from './section'
import { topologyDrawing } from './topology-drawing'

/** The picture before and after, as static drawings. */
export const topologySection = (report: Report): Section => {
  const names = { old: report.move.old, new: report.move.new }
  const one = (when: string, topology: Topology | null): Markup =>
    topology
      ? html`<figure><figcaption><b>${when}</b>, ${own(moment(topology.at))} UTC</figcaption>${topologyDrawing(topology, names)}</figure>`
      : nothing(`The topology ${when.toLowerCase()} was not recorded.`)
  return {
    id: 'topology',
    title: 'Topology, before and after',
    body: html`${one('Before', report.topologyBefore)}${one('After', report.topologyAfter)}`
  }
}
