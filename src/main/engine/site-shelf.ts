import type { SavedSite } from '../../shared/document'
import { fail } from '../../shared/failure'
import { type Move, moveSchema, moveVersion, type Site, type SiteSide } from '../../shared/move'
import { reviewOf } from '../../shared/move-review'
import type { SecretRef } from '../../shared/secret'
import type { SecretMapping } from '../../shared/secret-mapping'
import type { Moves } from '../store/moves'
import { SavedSites } from '../store/saved-sites'
import type { SecretStore } from '../store/secrets'

export interface SiteShelfDeps {
  moves: Moves
  sites: SavedSites
  secrets: SecretStore
}

export { SavedSites }

/** Whose secrets a saved site's are; no move has an id like this. */
const ownerOf = (siteId: string): string => `site:${siteId}`

const serverIdIn = (ref: SecretRef): string | null => /^(?:db|ssh)\/([^/]+)/.exec(ref)?.[1] ?? null

const renaming =
  (ids: ReadonlyMap<string, string>): SecretMapping =>
  (ref) => {
    const id = serverIdIn(ref)
    const to = id === null ? undefined : ids.get(id)
    return to === undefined ? null : ref.replace(`/${id}`, `/${to}`)
  }

const asMove = (site: Site): Move =>
  moveSchema.parse({
    ...{ format: 'siteswap.move', version: moveVersion, id: 'site', name: 'site', createdAt: 0 },
    ...{ old: site, new: { name: 'other' } }
  })

/** Every saved site with what using it would bring. */
export const listSites = async ({ sites, secrets }: SiteShelfDeps): Promise<SavedSite[]> =>
  Promise.all(
    (await sites.list()).map(async ({ id, site, failure }) => ({
      id,
      name: site.name,
      servers: site.servers.map(({ name, kind }) => ({ name, kind })),
      secrets: (await secrets.refs(ownerOf(id))).length,
      asksFor: reviewOf(asMove(site)),
      broken: failure
    }))
  )

/** Saves one site of a move by itself, with copies of its passwords if wanted; `missed` could not be copied. */
export const saveSite = async (
  { sites, secrets }: SiteShelfDeps,
  move: Move,
  side: SiteSide,
  more: { name: string; secrets: boolean }
): Promise<{ siteId: string; missed: SecretRef[] }> => {
  const site = { ...move[side], name: more.name }
  const siteId = await sites.save(site)
  await secrets.remove(ownerOf(siteId))
  if (!more.secrets) return { siteId, missed: [] }
  const same = new Map(site.servers.map(({ id }) => [id, id]))
  return { siteId, missed: await secrets.copy(move.id, ownerOf(siteId), renaming(same)) }
}

/** A copy of a site whose servers have ids that are free; `ids` leads from the saved ones to them. */
const withFreeIds = (site: Site, taken: Set<string>): { site: Site; ids: Map<string, string> } => {
  const ids = new Map<string, string>()
  const servers = site.servers.map((server) => {
    let id = server.id
    for (let count = 2; taken.has(id); count += 1) id = `${server.id.slice(0, 58)}-${count}`
    taken.add(id)
    ids.set(server.id, id)
    return { ...server, id }
  })
  return { site: { ...site, servers }, ids }
}

const onlyDatabase = (site: Site): string | undefined => {
  const [first, ...more] = site.servers.filter((server) => server.kind === 'database')
  return more.length === 0 ? first?.id : undefined
}

export interface NewMove {
  name: string
  oldSite: string
  newSite: string
  oldSaved?: string | undefined
  newSaved?: string | undefined
}

/** A new move, each site empty or begun from a saved one; `missed` names passwords that could not be copied. */
export const createMove = async (
  { moves, sites, secrets }: SiteShelfDeps,
  wanted: NewMove
): Promise<{ moveId: string; missed: SecretRef[] }> => {
  if (wanted.oldSaved !== undefined && wanted.oldSaved === wanted.newSaved)
    throw fail('invalid', 'Both sites would be the same saved one.', { try: ['Choose another site to move to.'] })
  const taken = new Set<string>()
  const begin = async (saved: string | undefined, name: string) =>
    withFreeIds(saved === undefined ? { name, servers: [] } : { ...(await sites.read(saved)), name }, taken)
  const old = await begin(wanted.oldSaved, wanted.oldSite)
  const fresh = await begin(wanted.newSaved, wanted.newSite)
  const move = await moves.create(wanted.name, old.site, fresh.site)
  const [from, to] = [onlyDatabase(old.site), onlyDatabase(fresh.site)]
  if (from && to) await moves.write({ ...move, pairs: [{ old: from, new: to }] })
  const missed: SecretRef[] = []
  for (const [saved, { ids }] of [[wanted.oldSaved, old] as const, [wanted.newSaved, fresh] as const])
    if (saved !== undefined) missed.push(...(await secrets.copy(ownerOf(saved), move.id, renaming(ids))))
  return { moveId: move.id, missed }
}

/** Removes a saved site and its passwords; moves that were begun from it keep theirs. */
export const removeSite = async ({ sites, secrets }: SiteShelfDeps, siteId: string): Promise<void> => {
  await sites.remove(siteId)
  await secrets.remove(ownerOf(siteId))
}
