import type { Move, SiteSide } from '../../shared/move'
import { changesBetween, type MoveChange } from '../../shared/move-changes'
import type { SecretRef } from '../../shared/secret'
import { secretMapping } from '../../shared/secret-mapping'
import { type SiteUse, withSite } from './site-in-move'
import { allowedSite, ownerOf, renaming, type SiteShelfDeps } from './site-shelf'

/** Which saved site goes where in an opened move. */
export interface WantedSite {
  siteId: string
  side: SiteSide
  use: SiteUse
}

/** What using a saved site would do to a move: the edit, the passwords it brings and those that are forgotten with the servers that go. */
export interface SitePreview {
  changes: MoveChange[]
  brings: number
  forgets: number
}

export const previewSite = async (deps: SiteShelfDeps, move: Move, wanted: WantedSite): Promise<SitePreview> => {
  const saved = await allowedSite(deps.sites, wanted.siteId)
  const next = withSite(move, wanted.side, saved, wanted.use).move
  const after = secretMapping(move, next)
  const refs = await deps.secrets.refs(move.id)
  return {
    changes: changesBetween(move, next),
    brings: (await deps.secrets.refs(ownerOf(wanted.siteId))).length,
    forgets: refs.filter((ref) => after(ref) === null).length
  }
}

/** The opened move as far as this needs it. */
export interface EditedMove {
  move(): Move
  put(move: Move): Promise<void>
  retry(serverId: string): void
}

/** Puts a saved site into an opened move, as one edit that can be undone; `missed` names passwords that could not be copied. */
export const useSite = async (
  deps: SiteShelfDeps,
  live: EditedMove,
  wanted: WantedSite
): Promise<{ missed: SecretRef[] }> => {
  const saved = await allowedSite(deps.sites, wanted.siteId)
  const { move, ids } = withSite(live.move(), wanted.side, saved, wanted.use)
  await live.put(move)
  // After the edit: it takes along or forgets what was kept for the servers it changes.
  const missed = await deps.secrets.copy(ownerOf(wanted.siteId), move.id, renaming(ids))
  for (const id of ids.values()) live.retry(id)
  return { missed }
}
