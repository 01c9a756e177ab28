import type { LinkTry } from '../../../shared/link-errors/link-error'
import { explainLinkError } from '../../../shared/link-errors/link-errors'
import type { TopologyLink } from '../../../shared/topology'

/** A link that does not run, explained: the server's words, what happened, what it means, what to try. */
export interface LinkTrouble {
  title: string
  serverWords: string | null
  where: string
  happened: string
  means: string
  tries: LinkTry[]
  notOffered: string | null
}

/** Names of the two ends, and what is known of the shop. */
export interface LinkSetting {
  source: string
  replica: string
  /** The source takes the shop's writes: then its replica misses orders. */
  sourceIsActive: boolean
  /** Name of the server that takes writes; null = not known. */
  active: string | null
  bridgeDown: boolean
}

const meansOf = ({ source, replica, sourceIsActive, active }: LinkSetting): string => {
  const shop =
    active === null ? 'It is not known which server takes writes.' : `The shop is not affected: ${active} takes writes.`
  return sourceIsActive
    ? `${shop} But ${replica} falls behind with every order, and no cutover is possible until it runs and has caught up. Nothing is lost as long as ${source} keeps its logs.`
    : `${shop} But what is written on ${source} does not come back to ${replica}: there is no way back until it runs.`
}

const troubleOf = (
  error: { code: number; text: string },
  part: 'Applier' | 'Receiver',
  link: TopologyLink,
  setting: LinkSetting
): LinkTrouble => {
  const { source, replica } = setting
  const { happened, tries, notOffered } = explainLinkError(error.code, {
    source,
    replica,
    text: error.text,
    words: link.status.words,
    part: part === 'Applier' ? 'applier' : 'receiver',
    crossesSites: link.crossesSites
  })
  return {
    title: `${part} on ${replica} stopped: error ${error.code}`,
    serverWords: error.text || `error ${error.code}`,
    where: `${replica}, ${part.toLowerCase()}${link.status.applied ? `, applied up to ${link.status.applied}` : ''}`,
    happened,
    means: meansOf(setting),
    tries,
    notOffered: notOffered ?? null
  }
}

/** What is wrong with a link; null when it runs. Late links are told by their lag, not here. */
export const explainLink = (link: TopologyLink, setting: LinkSetting): LinkTrouble | null => {
  const { receiverError, applierError, receiver, applier, words } = link.status
  if (applierError) return troubleOf(applierError, 'Applier', link, setting)
  if (receiverError) return troubleOf(receiverError, 'Receiver', link, setting)
  if (link.state === 'running' || link.state === 'lagging') return null
  const { source, replica } = setting
  const base = {
    serverWords: null,
    where: `${replica}, receiver ${receiver}, applier ${applier}`,
    means: meansOf(setting)
  }
  if (link.state === 'connecting')
    return {
      ...base,
      title: `${replica} is connecting to ${source}`,
      happened: setting.bridgeDown
        ? 'The bridge between the sites is down, and the link goes through it.'
        : 'The line was lost, or is being made for the first time. The server tries again by itself.',
      tries: [
        { title: 'Look at the bridge', why: 'Restart it if it stays down; no data is lost by that.', go: 'bridge' },
        { title: 'Wait', why: 'It goes on where it was.' }
      ],
      notOffered: null
    }
  return {
    ...base,
    title: `The link from ${source} to ${replica} is stopped`,
    happened: 'It was stopped without an error: by a person, a script, or a restart of the server.',
    tries: [
      {
        title: 'Start it with the remedy of check D01',
        why: 'Preflight shows the statement first and keeps the undo.',
        go: 'preflight'
      },
      { title: 'Or by hand', server: replica, statements: words.start }
    ],
    notOffered: null
  }
}
