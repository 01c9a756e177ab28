import type { TopologyLink, TopologyNode } from '../../../shared/topology'

/** What is wrong with a server in a few words, and how bad it is; null: nothing that is known. */
export interface Trouble {
  tone: 'danger' | 'attention'
  words: string
}

const ofLink = (link: TopologyLink): Trouble | null => {
  const error = link.status.applierError ?? link.status.receiverError
  switch (link.state) {
    case 'broken':
      return { tone: 'danger', words: error ? `error ${error.code}` : 'broken' }
    case 'stopped':
      return isNotStarted(link) ? { tone: 'attention', words: 'not started' } : { tone: 'danger', words: 'stopped' }
    case 'connecting':
      return { tone: 'attention', words: 'connecting' }
    case 'lagging':
      return { tone: 'attention', words: 'behind' }
    case 'running':
      return null
    default:
      return link.state satisfies never
  }
}

/** A link that was set up and has received nothing yet: it was not stopped, it never began. */
export const isNotStarted = (link: TopologyLink): boolean =>
  link.state === 'stopped' &&
  link.status.receiver === 'stopped' &&
  link.status.applier === 'stopped' &&
  !link.status.receiverError &&
  !link.status.applierError &&
  link.status.sourceServerId === 0 &&
  !link.status.sourceUuid

/** The worst that is known of a server: not reached, or a link of its own that does not run as it should. Pure. */
export const troubleOf = (node: TopologyNode | null, incoming: readonly TopologyLink[]): Trouble | null => {
  if (node?.failure) return { tone: 'danger', words: 'not reached' }
  const troubles = incoming.flatMap((link) => ofLink(link) ?? [])
  const worst = troubles.find((one) => one.tone === 'danger') ?? troubles[0] ?? null
  return worst && troubles.length > 1
    ? { ...worst, words: `${worst.words}, ${troubles.length} of ${incoming.length} links` }
    : worst
}
