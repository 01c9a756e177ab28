import type { FoundAddress, FoundServer } from '../../shared/discovery'
import { fail } from '../../shared/failure'
import { type Move, type ServerEntry, type SiteSide, serverOf, serversOf } from '../../shared/move'
import { entryLike } from './entry-like'

/** What a person wants to add. */
export interface WantedServer {
  server: string
  side: SiteSide
  name: string
}

/** A new server of the move, and the one whose way and passwords it begins with. */
export interface NewServer {
  found: string
  side: SiteSide
  entry: ServerEntry
  like: string
}

const idFrom = (name: string, taken: ReadonlySet<string>): string => {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 55)
  const base = words || 'server'
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${count}`
    if (!taken.has(id)) return id
  }
}

/** Where a found server is best reached: where it answered, else where it may. */
export const bestAddress = ({ addresses }: FoundServer): FoundAddress | undefined =>
  addresses.find(({ state }) => state.kind === 'answered') ??
  addresses.find(({ state }) => state.kind === 'failed') ??
  addresses.find(({ state }) => state.kind !== 'hidden')

/** The chosen servers as entries of the move, each reached like the server it was asked like. Rejects what cannot be added. */
export const newEntries = (move: Move, found: readonly FoundServer[], wanted: readonly WantedServer[]): NewServer[] => {
  const taken = new Set(serversOf(move).map(({ server }) => server.id))
  return wanted.map(({ server, side, name }) => {
    const one = found.find(({ id }) => id === server)
    const address = one && bestAddress(one)
    const like = address && serverOf(move, address.like)
    if (!one || !address || !like)
      throw fail('invalid', `${name} cannot be added: nobody knows where it is.`, {
        try: ['Add it by hand, with its address.']
      })
    if (one.server !== null && serverOf(move, one.server))
      throw fail('conflict', `${name} is part of the move already.`, { where: one.server, try: ['Leave it out.'] })
    const id = idFrom(name, taken)
    taken.add(id)
    const entry = entryLike(like.server, { id, name, host: address.host, port: address.port })
    return { found: one.id, side, entry, like: like.server.id }
  })
}

/** The move with the new servers at the end of their sites. One database on each side can only belong together. */
export const withNewServers = (move: Move, added: readonly NewServer[]): Move => {
  const of = (side: SiteSide) => added.filter((one) => one.side === side).map(({ entry }) => entry)
  const next = {
    ...move,
    old: { ...move.old, servers: [...move.old.servers, ...of('old')] },
    new: { ...move.new, servers: [...move.new.servers, ...of('new')] }
  }
  const [old, ...moreOld] = next.old.servers.filter(({ kind }) => kind === 'database')
  const [fresh, ...moreNew] = next.new.servers.filter(({ kind }) => kind === 'database')
  const alone = moreOld.length + moreNew.length + move.pairs.length === 0
  return old && fresh && alone ? { ...next, pairs: [{ old: old.id, new: fresh.id }] } : next
}
