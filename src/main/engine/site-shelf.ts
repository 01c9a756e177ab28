import type { SavedSite } from '../../shared/document'
import { fail } from '../../shared/failure'
import { type Move, moveSchema, moveVersion, type Site, type SiteSide } from '../../shared/move'
import { changesBetween, type MoveChange } from '../../shared/move-changes'
import { emptyReview, isEmptyReview, type MoveReview } from '../../shared/move-review'
import type { SecretRef } from '../../shared/secret'
import type { SecretMapping } from '../../shared/secret-mapping'
import type { Moves } from '../store/moves'
import { SavedSites, siteReview } from '../store/saved-sites'
import type { SecretStore } from '../store/secrets'
import { pairedAlone, withFreeIds } from './site-in-move'

export interface SiteShelfDeps {
  moves: Moves
  sites: SavedSites
  secrets: SecretStore
}

export { SavedSites, siteReview }

/** Whose secrets a saved site's are; no move has an id like this. */
export const ownerOf = (siteId: string): string => `site:${siteId}`

const serverIdIn = (ref: SecretRef): string | null => /^(?:db|ssh)\/([^/]+)/.exec(ref)?.[1] ?? null

/** Leads the secrets of servers to those of their copies; others are left behind. */
export const renaming =
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
    (await sites.list()).map(async ({ id, site, failure }) => {
      const asks = failure ? emptyReview : await sites.notAllowed(id, site)
      return {
        id,
        name: site.name,
        servers: site.servers.map(({ name, kind }) => ({ name, kind })),
        secrets: (await secrets.refs(ownerOf(id))).length,
        review: isEmptyReview(asks) ? null : asks,
        broken: failure
      }
    })
  )

/** A saved site, once a person here has looked at what it asks for. Rejects with kind 'denied' before. */
export const allowedSite = async (sites: SavedSites, siteId: string): Promise<Site> => {
  const site = await sites.read(siteId)
  if (isEmptyReview(await sites.notAllowed(siteId, site))) return site
  throw fail('denied', `Nobody has looked yet at what the saved site ${site.name} asks for.`, {
    why: 'It came from elsewhere, or its file was changed.',
    try: ['Open Saved sites in the list of moves and look at it there.']
  })
}

/** A person has looked at what a saved site asks for. Rejects when it asks for something else by now. */
export const allowSite = async (sites: SavedSites, siteId: string, seen: MoveReview): Promise<void> => {
  const site = await sites.read(siteId)
  if (JSON.stringify(await sites.notAllowed(siteId, site)) !== JSON.stringify(seen))
    throw fail('conflict', 'The file was changed meanwhile: it asks for something else now.', {
      try: ['Look at it once more.']
    })
  await sites.allow(siteId, siteReview(site))
}

/** What a saved site would become by saving this one over it, from what it is now. */
export const changesOfSite = async (
  sites: SavedSites,
  siteId: string,
  move: Move,
  side: SiteSide
): Promise<MoveChange[]> => {
  const saved = await sites.read(siteId)
  const now = { ...move[side], name: saved.name }
  return changesBetween(asMove(saved), asMove(now)).map((change) =>
    change.subject === 'old site' ? { ...change, subject: 'site' } : change
  )
}

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
    withFreeIds(saved === undefined ? { name, servers: [] } : { ...(await allowedSite(sites, saved)), name }, taken)
  const old = await begin(wanted.oldSaved, wanted.oldSite)
  const fresh = await begin(wanted.newSaved, wanted.newSite)
  const move = await moves.create(wanted.name, old.site, fresh.site)
  const paired = pairedAlone(move)
  if (paired !== move) await moves.write(paired)
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
