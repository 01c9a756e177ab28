import type { MoveVersion } from '../../shared/document'
import { fail, failureOf } from '../../shared/failure'
import { changesBetween } from '../../shared/move-changes'
import { type MoveReview, reviewOf } from '../../shared/move-review'
import type { SecretRef } from '../../shared/secret'
import type { Moves } from '../store/moves'
import type { SecretStore } from '../store/secrets'

export type { Moves, SecretStore }

/** A copy of a move, with copies of the passwords it needs if wanted; `missed` names those that could not be copied and must be entered again. */
export const duplicateMove = async (
  moves: Moves,
  secrets: SecretStore,
  moveId: string,
  withSecrets = true
): Promise<{ moveId: string; missed: SecretRef[] }> => {
  const copy = await moves.duplicate(moveId)
  return { moveId: copy.id, missed: withSecrets ? await secrets.copy(moveId, copy.id) : [] }
}

/** Removes a move and its passwords; `left` says why a password stayed in the keychain. */
export const removeMove = async (
  moves: Moves,
  secrets: SecretStore,
  moveId: string
): Promise<{ left: string | null }> => {
  await moves.remove(moveId)
  try {
    await secrets.remove(moveId)
    return { left: null }
  } catch (error) {
    const { what, where, why } = failureOf(error)
    return { left: [what, where && `(${where})`, why].filter(Boolean).join(' ') }
  }
}

/** Earlier versions, newest first, each with what was changed after it. */
export const versionsOf = async (moves: Moves, moveId: string): Promise<MoveVersion[]> => {
  const read = async (text: string) => {
    try {
      return { move: moves.parse(moveId, text), failure: null }
    } catch (error) {
      return { move: null, failure: failureOf(error) }
    }
  }
  const now = await moves.text(moveId).catch(() => null)
  let newer = now === null ? null : (await read(now)).move
  const listed: MoveVersion[] = []
  for (const { id, savedAt, text } of await moves.versions(moveId)) {
    const { move, failure } = await read(text)
    const changes = move && newer ? changesBetween(move, newer) : []
    listed.push({ id, savedAt, changes, failure })
    newer = move ?? newer
  }
  return listed
}

/** Puts an earlier version in the place of a file that is closed and perhaps damaged; what lay there is kept among the versions. */
export const restoreClosed = async (moves: Moves, moveId: string, versionId: string): Promise<void> => {
  const version = await moves.version(moveId, versionId)
  await moves.write(version, { keepBefore: true, allowed: reviewOf(version) })
}

/** A person has looked at what a move asks for. Rejects when it asks for something else by now. */
export const allowMove = async (moves: Moves, moveId: string, seen: MoveReview): Promise<void> => {
  const review = reviewOf(await moves.read(moveId))
  const asks = await moves.notAllowed(await moves.read(moveId))
  if (JSON.stringify(asks) !== JSON.stringify(seen))
    throw fail('conflict', 'The file was changed meanwhile: it asks for something else now.', {
      try: ['Look at it once more.']
    })
  await moves.allow(moveId, review)
}
