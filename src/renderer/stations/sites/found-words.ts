import { type AskState, askable, type FoundAddress, type FoundRole, type FoundServer } from '../../../shared/discovery'
import { type Move, type ServerEntry, type SiteSide, serverOf } from '../../../shared/move'
import type { StatusKind } from '../../parts/status-kind'

/** What a found server does for the others, in a word or two. */
export const roleWords: Record<FoundRole, string> = {
  source: 'source',
  replica: 'replica',
  intermediate: 'replica and source',
  'both-ways': 'both ways',
  alone: 'follows nobody',
  'not-asked': ''
}

/** `10.0.0.5:3306`; what has colons of its own stands in brackets. */
export const placeOf = ({ host, port }: Pick<FoundAddress, 'host' | 'port'>): string =>
  host === '' ? 'no address' : `${host.includes(':') ? `[${host}]` : host}:${port}`

/** The server of the move that a found one is, if it still is part of it. */
export const inMove = (move: Move, found: FoundServer): ServerEntry | undefined =>
  found.server === null ? undefined : serverOf(move, found.server)?.server

const order: AskState['kind'][] = ['asking', 'waiting', 'answered', 'proposed', 'failed', 'hidden']

/** The address that tells how a found server stands. */
export const leadAddress = ({ addresses }: FoundServer): FoundAddress | undefined =>
  order.map((kind) => addresses.find(({ state }) => state.kind === kind)).find((address) => address !== undefined)

/** State of a found server, with the words beside its icon. */
export const foundStatus = (found: FoundServer): { status: StatusKind; words: string } => {
  const state = leadAddress(found)?.state
  if (found.identity && state?.kind !== 'failed' && state?.kind !== 'asking')
    return { status: 'ok', words: state?.kind === 'answered' ? `answered in ${Math.round(state.tookMs)} ms` : 'known' }
  switch (state?.kind) {
    case 'asking':
      return { status: 'running', words: 'being asked' }
    case 'waiting':
      return { status: 'running', words: 'waits for its turn' }
    case 'proposed':
      return { status: 'todo', words: 'not asked' }
    case 'failed':
      return { status: 'danger', words: 'not reached' }
    default:
      return { status: 'unknown', words: 'nobody can ask it' }
  }
}

/** How an address is asked, for a person to read before: `through the SSH host of fra-db1, as dba`. */
export const wayWords = (move: Move, like: string): string => {
  const found = serverOf(move, like)?.server
  if (!found?.database) return `like ${like}`
  const way = found.database.via === 'direct' ? `directly, as ${found.name}` : `through the SSH host of ${found.name}`
  return `${way}, account ${found.database.user}`
}

/** Whether ticking it means something: there is somebody to ask, or somebody to add. */
export const isAskable = (found: FoundServer): boolean => found.identity === null && askable(found).length > 0

/** Whether it can become part of the move: it has an address, and is not in it. */
export const isAddable = (move: Move, found: FoundServer): boolean =>
  inMove(move, found) === undefined &&
  found.addresses.some(({ state }) => state.kind === 'answered' || state.kind === 'failed')

/** The site a found server most likely belongs to: that of the server it was reached like. */
export const likelySide = (move: Move, found: FoundServer): SiteSide => {
  const like = leadAddress(found)?.like
  return (like !== undefined && serverOf(move, like)?.side) || 'old'
}
