import type { FoundServer } from '../../../shared/discovery'
import { type Move, type SiteSide, serverOf } from '../../../shared/move'
import { emptyDatabaseDraft } from './database-draft'
import { leadAddress, likelySide } from './found-words'
import { emptyServerDraft, type HopDraft, type ServerDraft } from './server-draft'

/** A form that begins with what is known of a server. */
export interface BegunServer {
  side: SiteSide
  draft: ServerDraft
  /** What a person has to fill in, above the fields. */
  fill: string[]
}

const loopback = /^(127\.|localhost$|::1$)/

/** The form of a found server that nobody has reached: its address and account as far as they were told; how it is reached is left to fill in. Pure. */
export const begunFromFound = (move: Move, found: FoundServer, hopsOf: (side: SiteSide) => HopDraft[]): BegunServer => {
  const side = likelySide(move, found)
  const address = leadAddress(found)
  const like = address && serverOf(move, address.like)?.server
  const isHere = address !== undefined && address.host !== '' && !loopback.test(address.host)
  const named = address?.seenBy[0]
  const known = [
    found.told.serverId === null ? '' : `server id ${found.told.serverId}`,
    named ? `named by ${serverOf(move, named.by)?.server.name ?? named.by} as its ${named.as}` : ''
  ].filter(Boolean)
  const begun = emptyServerDraft('database', hopsOf(side))
  return {
    side,
    fill: found.fill,
    draft: {
      ...begun,
      name: (found.identity?.hostname ?? (isHere ? address.host : '')).slice(0, 120),
      note: known.join(', ').slice(0, 400),
      database: {
        ...emptyDatabaseDraft,
        user: like?.database?.user ?? emptyDatabaseDraft.user,
        // A server that is nowhere told of is first of all looked for on its own SSH host.
        ...(isHere ? { host: address.host, port: address.port } : {})
      }
    }
  }
}
