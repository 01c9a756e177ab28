import { fail } from '../../shared/failure'
import type { Move } from '../../shared/move'
import { isEmptyReview } from '../../shared/move-review'
import type { KeptMove, Moves } from '../store/moves'

/** Whether two versions of a move have the same servers and bridge: all else may be edited during a run. */
export const sameServers = (a: Move, b: Move): boolean =>
  JSON.stringify([a.old.servers, a.new.servers, a.bridge]) === JSON.stringify([b.old.servers, b.new.servers, b.bridge])

/** The document as it is kept, or the one brought along; only called while the journal's lock is held. Rejects with kind 'denied' before a person has looked at what it asks for. */
export const allowedDocument = async (from: { moves: Moves; moveId: string; document?: Move }): Promise<KeptMove> => {
  const { moves, moveId, document } = from
  if (document) await moves.replace(document)
  const kept = await moves.readKept(moveId)
  const asks = await moves.notAllowed(kept.move)
  if (isEmptyReview(asks)) return kept
  const few = [...asks.contacts, ...asks.commands, ...asks.files].slice(0, 3)
  throw fail('denied', 'Nobody has allowed yet what this move asks for.', {
    why: `It came from elsewhere, or was changed while it was closed: ${few.join('; ')} …`,
    try: ['Open it from the list of moves: what it would contact and run is shown there first.']
  })
}
