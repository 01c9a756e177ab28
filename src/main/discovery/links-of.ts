import type { FoundLink } from '../../shared/discovery'
import type { SurveyedLink } from '../../shared/server'
import type { LinkState } from '../../shared/topology'
import { linkStateOf } from '../topology/link-of'
import type { Crawl } from './crawl'
import { nodeOf, type Told } from './resolve'

const states: Record<LinkState, FoundLink['state']> = {
  running: 'running',
  lagging: 'running',
  connecting: 'connecting',
  stopped: 'stopped',
  broken: 'broken'
}

const idOf = (source: string, replica: string, channel: string): string => JSON.stringify([source, replica, channel])

const ofReplica = (crawl: Crawl, { mention, meant }: Told, link: SurveyedLink): FoundLink => {
  const source = nodeOf(meant)
  return {
    id: idOf(source, mention.by, link.channel),
    source,
    replica: mention.by,
    channel: link.channel,
    state: states[linkStateOf(link, null, 0)],
    error: link.applierError ?? link.receiverError,
    confirmed: crawl.surveys.has(source)
  }
}

/** Links as replicas tell them, and those that only a source tells of a replica that was not asked. */
export const linksOf = (crawl: Crawl, told: readonly Told[]): FoundLink[] => {
  const links = new Map<string, FoundLink>()
  for (const one of told) {
    const { mention } = one
    if (mention.as !== 'source') continue
    const link = crawl.surveys.get(mention.by)?.survey.links.find(({ channel }) => channel === mention.channel)
    if (!link) continue
    const found = ofReplica(crawl, one, link)
    links.set(found.id, found)
  }
  for (const { mention, meant } of told) {
    if (mention.as !== 'replica' || meant.kind === 'known') continue
    const id = idOf(mention.by, meant.node, '')
    if (!links.has(id))
      links.set(id, {
        ...{ id, source: mention.by, replica: meant.node, channel: '' },
        ...{ state: 'told' as const, error: null, confirmed: false }
      })
  }
  return [...links.values()]
}
