import type { FoundLink, FoundRole } from '../../shared/discovery'

type Ends = Pick<FoundLink, 'source' | 'replica'>

/** Servers that follow each other in a circle, each with the others of it; one in no circle is left out. */
export const onCircle = (ids: readonly string[], links: readonly Ends[]): ReadonlyMap<string, string[]> => {
  const replicas = new Map<string, string[]>()
  for (const { source, replica } of links) replicas.set(source, [...(replicas.get(source) ?? []), replica])
  const reachable = (from: string): Set<string> => {
    const seen = new Set<string>()
    const waiting = [...(replicas.get(from) ?? [])]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seen.has(next)) continue
      seen.add(next)
      waiting.push(...(replicas.get(next) ?? []))
    }
    return seen
  }
  const after = new Map(ids.map((id) => [id, reachable(id)]))
  return new Map(
    ids.flatMap((id) => {
      const others = ids.filter((other) => other !== id && after.get(id)?.has(other) && after.get(other)?.has(id))
      return others.length > 0 ? [[id, others] as const] : []
    })
  )
}

/** What each server does for the others. */
export const rolesOf = (ids: readonly string[], links: readonly Ends[]): ReadonlyMap<string, FoundRole> => {
  const sources = new Set(links.map((link) => link.source))
  const replicas = new Set(links.map((link) => link.replica))
  const circle = onCircle(ids, links)
  return new Map(
    ids.map((id): [string, FoundRole] => {
      if (circle.has(id)) return [id, 'both-ways']
      if (sources.has(id)) return [id, replicas.has(id) ? 'intermediate' : 'source']
      return [id, replicas.has(id) ? 'replica' : 'alone']
    })
  )
}
