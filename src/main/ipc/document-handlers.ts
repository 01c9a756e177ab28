import type { Events } from '../../shared/contract'
import {
  allowMove,
  duplicateMove,
  type Moves,
  removeMove,
  restoreClosed,
  type SecretStore,
  versionsOf
} from '../engine/move-shelf'
import type { OpenMoves } from '../engine/open-moves'
import {
  allowSite,
  changesOfSite,
  createMove,
  listSites,
  removeSite,
  type SavedSites,
  saveSite,
  siteReview
} from '../engine/site-shelf'
import { previewSite, useSite } from '../engine/use-site'
import type { Handlers } from './expose'

export interface DocumentHandlerDeps {
  moves: Moves
  sites: SavedSites
  open: OpenMoves
  secrets: SecretStore
  desktop: {
    chooseMoveFile(title?: string): Promise<string | null>
    chooseSavePath(name: string): Promise<string | null>
  }
  notice(notice: Events['notice']): void
}

type DocumentCall = Extract<keyof Handlers, `moves.${string}` | `sites.${string}` | `secrets.${string}`>

const notCopied = (refs: string[]): Events['notice'] => ({
  tone: 'attention',
  text: `The copy lacks ${refs.length === 1 ? 'a password' : `${refs.length} passwords`}: the keychain did not give ${refs.length === 1 ? 'it' : 'them'}.`,
  detail: `Enter again, on station Sites: ${refs.join(', ')}`
})

/** The calls that concern moves and sites as documents, and their secrets. No answer holds a secret. */
export const documentHandlers = (deps: DocumentHandlerDeps): Pick<Handlers, DocumentCall> => {
  const { moves, sites, open, secrets, desktop, notice } = deps
  const say = (missed: string[]) => {
    if (missed.length > 0) notice(notCopied(missed))
  }
  return {
    'moves.list': () => moves.list(),
    'moves.create': async (wanted) => {
      const { moveId, missed } = await createMove({ moves, sites, secrets }, wanted)
      say(missed)
      return { moveId }
    },
    'moves.open': async ({ moveId }) => {
      const live = await open.open(moveId)
      live.watch()
      // A window that was loaded anew has no form open yet.
      live.document.drafting(false)
      return live.snapshot()
    },
    'moves.close': async ({ moveId }) => {
      await open.close(moveId)
      return null
    },
    'moves.save': async ({ move }) => ({ savedAt: await open.get(move.id).save(move) }),
    'moves.duplicate': async ({ moveId, secrets: withSecrets }) => {
      const copy = await duplicateMove(moves, secrets, moveId, withSecrets)
      say(copy.missed)
      return { moveId: copy.moveId }
    },
    'moves.remove': async ({ moveId }) => {
      await open.close(moveId)
      const { left } = await removeMove(moves, secrets, moveId)
      if (left)
        notice({
          tone: 'attention',
          text: 'The move is removed; a password of it is still in the keychain.',
          detail: left
        })
      return null
    },
    'moves.import': async () => {
      const path = await desktop.chooseMoveFile()
      if (!path) return null
      const { move, review } = await moves.importFrom(path)
      return { moveId: move.id, review }
    },
    'moves.export': async ({ moveId }) => {
      const path = await desktop.chooseSavePath(`${moveId}.siteswap.json`)
      if (!path) return null
      await moves.exportTo(moveId, path)
      return { path }
    },
    'moves.allow': async ({ moveId, seen }) => {
      await allowMove(moves, moveId, seen)
      return null
    },
    'moves.undo': async ({ moveId }) => {
      await open.get(moveId).document.undo()
      return null
    },
    'moves.redo': async ({ moveId }) => {
      await open.get(moveId).document.redo()
      return null
    },
    'moves.versions': ({ moveId }) => versionsOf(moves, moveId),
    'moves.restore': async ({ moveId, version }) => {
      const live = open.opened(moveId)
      if (live) await live.document.restore(version)
      else await restoreClosed(moves, moveId, version)
      return null
    },
    'moves.drafting': async ({ moveId, drafting }) => {
      open.opened(moveId)?.document.drafting(drafting)
      return null
    },
    'moves.outside': async ({ moveId, choice }) => {
      await open.get(moveId).document.outside(choice)
      return null
    },
    'sites.list': () => listSites({ moves, sites, secrets }),
    'sites.save': async ({ moveId, side, name, secrets: withSecrets }) => {
      const move = open.get(moveId).move()
      const { siteId, missed } = await saveSite({ moves, sites, secrets }, move, side, { name, secrets: withSecrets })
      say(missed)
      return { siteId }
    },
    'sites.remove': async ({ siteId }) => {
      await removeSite({ moves, sites, secrets }, siteId)
      return null
    },
    'sites.changes': async ({ moveId, side, siteId }) => ({
      changes: await changesOfSite(sites, siteId, open.get(moveId).move(), side)
    }),
    'sites.preview': ({ moveId, ...wanted }) => previewSite({ moves, sites, secrets }, open.get(moveId).move(), wanted),
    'sites.use': async ({ moveId, ...wanted }) => {
      const live = open.get(moveId)
      const edited = { move: live.move, put: live.document.put, retry: live.reach.retry }
      say((await useSite({ moves, sites, secrets }, edited, wanted)).missed)
      return null
    },
    'sites.import': async () => {
      const path = await desktop.chooseMoveFile('Import a saved site')
      if (!path) return null
      const { id, site } = await sites.importFrom(path)
      return { siteId: id, name: site.name, review: siteReview(site) }
    },
    'sites.export': async ({ siteId }) => {
      const path = await desktop.chooseSavePath(`${siteId}.site.siteswap.json`)
      if (!path) return null
      await sites.exportTo(siteId, path)
      return { path }
    },
    'sites.allow': async ({ siteId, seen }) => {
      await allowSite(sites, siteId, seen)
      return null
    },
    'secrets.state': ({ moveId, ref }) => secrets.state(moveId, ref),
    'secrets.set': async ({ moveId, ref, value, keep }) => {
      const state = await secrets.set(moveId, ref, value, keep)
      // What failed for want of it need not wait: `ssh/<server>/…`.
      open.opened(moveId)?.reach.retry(ref.split('/')[1] ?? '')
      open.opened(moveId)?.secretChanged(ref.split('/')[1] ?? '')
      return state
    },
    'secrets.forget': async ({ moveId, ref }) => {
      await secrets.forget(moveId, ref)
      open.opened(moveId)?.secretChanged(ref.split('/')[1] ?? '')
      return null
    },
    'secrets.list': ({ moveId }) => secrets.refs(moveId)
  }
}
