import { call } from '../api'
import { attempt, loadMoves, notify } from './shell'

export const duplicateMove = async (moveId: string, secrets: boolean): Promise<string | null> => {
  const made = await attempt(call('moves.duplicate', { moveId, secrets }))
  await loadMoves()
  return made?.moveId ?? null
}

export const removeMove = async (moveId: string): Promise<void> => {
  await attempt(call('moves.remove', { moveId }))
  await loadMoves()
}

export const exportMove = async (moveId: string): Promise<void> => {
  const written = await attempt(call('moves.export', { moveId }))
  if (written) notify({ tone: 'ok', text: 'Move exported, without secrets', detail: written.path })
}
