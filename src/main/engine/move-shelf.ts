import { failureOf } from '../../shared/failure'
import type { SecretRef } from '../../shared/secret'
import type { Moves } from '../store/moves'
import type { SecretStore } from '../store/secrets'

export type { Moves, SecretStore }

/** A copy of a move with the passwords it needs; `missed` names those that could not be copied and must be entered again. */
export const duplicateMove = async (
  moves: Moves,
  secrets: SecretStore,
  moveId: string
): Promise<{ moveId: string; missed: SecretRef[] }> => {
  const copy = await moves.duplicate(moveId)
  return { moveId: copy.id, missed: await secrets.copy(moveId, copy.id) }
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
