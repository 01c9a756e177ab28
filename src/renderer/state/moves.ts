import type { Calls } from '../../shared/contract'
import { call } from '../api'
import { attempt, loadMoves, notify } from './shell'

/** What an import brought: nothing has been contacted yet. */
export type Imported = Exclude<Calls['moves.import']['answer'], null>

export const duplicateMove = async (moveId: string): Promise<string | null> => {
  const made = await attempt(call('moves.duplicate', { moveId }))
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
