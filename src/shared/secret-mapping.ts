import { type Move, type ServerEntry, type SshEntry, serversOf, sshEntryLabel } from './move'
import type { SecretRef } from './secret'

/** Where a secret belongs after an edit: another name, the same, or null when what it was for is gone. */
export type SecretMapping = (ref: SecretRef) => SecretRef | null

/** The place each hop has after the edit. The last hop is the host itself; a hop edited where it stands stays the same hop. */
const hopPlaces = (before: readonly SshEntry[], after: readonly SshEntry[]): (number | null)[] => {
  const places: (number | null)[] = before.map(() => null)
  const free = new Set(after.keys())
  const settle = (from: number, to: number) => {
    places[from] = to
    free.delete(to)
  }
  // A hop that stayed where it was first, so that two equal hops do not change places.
  before.forEach((hop, index) => {
    const same = after[index]
    if (same && sshEntryLabel(same) === sshEntryLabel(hop)) settle(index, index)
  })
  before.forEach((hop, index) => {
    if (places[index] !== null) return
    const to = [...free].find((place) => sshEntryLabel(after[place] as SshEntry) === sshEntryLabel(hop))
    if (to !== undefined) settle(index, to)
  })
  if (before.length === after.length)
    before.forEach((_, index) => {
      if (places[index] === null && free.has(index)) settle(index, index)
    })
  else if (places.at(-1) === null && free.has(after.length - 1)) settle(before.length - 1, after.length - 1)
  return places
}

const ways = ({ kind, ssh, database }: ServerEntry): string => JSON.stringify([kind, ssh, database ?? null])

/** Server ids by what became of them; one that was renamed is the one that is reached in the same way. */
const serverNames = (before: Move, after: Move): Map<string, string | null> => {
  const was = serversOf(before).map(({ server }) => server)
  const is = serversOf(after).map(({ server }) => server)
  const come = is.filter((server) => !was.some((other) => other.id === server.id))
  return new Map(
    was.map((server) => {
      if (is.some((other) => other.id === server.id)) return [server.id, server.id]
      const alike = come.filter((other) => ways(other) === ways(server))
      return [server.id, alike.length === 1 ? (alike[0]?.id ?? null) : null]
    })
  )
}

const domainNames = (before: Move, after: Move): Map<string, string | null> => {
  const names = new Set(after.domains.map((domain) => domain.name))
  const known = new Set(before.domains.map((domain) => domain.name))
  return new Map(
    before.domains.map(({ name }, index) => {
      if (names.has(name)) return [name, name]
      const there = before.domains.length === after.domains.length ? after.domains[index]?.name : undefined
      return [name, there !== undefined && !known.has(there) ? there : null]
    })
  )
}

/** Tells for each secret of a move what an edit does to its name. Pure; a secret it knows nothing of stays as it is. */
export const secretMapping = (before: Move, after: Move): SecretMapping => {
  const servers = serverNames(before, after)
  const domains = domainNames(before, after)
  const serverIn = (move: Move, id: string) => serversOf(move).find(({ server }) => server.id === id)?.server
  return (ref) => {
    const [kind, id = '', place = '', ...rest] = ref.split('/')
    if (kind === 'dns') {
      const name = ref.slice('dns/'.length)
      const now = domains.get(name)
      return now === undefined ? ref : now && `dns/${now}`
    }
    if (kind !== 'db' && kind !== 'ssh') return ref
    const now = servers.get(id)
    if (now === undefined) return ref
    if (now === null) return null
    if (kind === 'db' || !/^\d+$/.test(place)) return [kind, now, ...ref.split('/').slice(2)].join('/')
    const hops = hopPlaces(serverIn(before, id)?.ssh ?? [], serverIn(after, now)?.ssh ?? [])
    const to = hops[Number(place)]
    // A password typed for a hop that the document did not have yet.
    if (to === undefined) return ref
    return to === null ? null : [kind, now, to, ...rest].join('/')
  }
}
