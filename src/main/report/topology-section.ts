import { explainLinkError } from '../../shared/link-errors/link-errors'
import type { Report } from '../../shared/report'
import type { Topology, TopologyLink } from '../../shared/topology'
import { html, type Markup, own } from './markup'
import { moment } from './plain-format'
import { nothing, type Section } from './section'
import { topologyDrawing } from './topology-drawing'

/** A link that had stopped with an error, in words. */
const trouble = (link: TopologyLink): Markup | null => {
  const { applierError, receiverError } = link.status
  const error = applierError ?? receiverError
  if (!error) return null
  // Journals of earlier versions hold links without them.
  const words = link.status.words ?? { asked: '', status: '', start: [], stop: [] }
  const { source, replica, crossesSites } = link
  const part = applierError ? 'applier' : 'receiver'
  const { happened } = explainLinkError(error.code, { source, replica, text: error.text, words, part, crossesSites })
  return html`<li><b>${source} → ${replica}: the ${own(part)} stopped with error ${error.code}.</b> ${happened}</li>`
}

const troubles = (topology: Topology): Markup | null => {
  const told = topology.links.flatMap((link) => trouble(link) ?? [])
  return told.length === 0 ? null : html`<ul>${told}</ul>`
}

/** The picture before and after, as static drawings. */
export const topologySection = (report: Report): Section => {
  const names = { old: report.move.old, new: report.move.new }
  const one = (when: string, topology: Topology | null): Markup =>
    topology
      ? html`<figure><figcaption><b>${when}</b>, ${own(moment(topology.at))} UTC</figcaption>${topologyDrawing(topology, names)}</figure>${troubles(topology)}`
      : nothing(`The topology ${when.toLowerCase()} was not recorded.`)
  return {
    id: 'topology',
    title: 'Topology, before and after',
    body: html`${one('Before', report.topologyBefore)}${one('After', report.topologyAfter)}`
  }
}
