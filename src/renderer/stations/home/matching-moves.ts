import type { MoveListItem } from '../../../shared/contract'

/** Moves in whose name or sites every typed word is found. */
export const matchingMoves = (moves: readonly MoveListItem[], words: string): MoveListItem[] => {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return moves.filter((move) => {
    const text = `${move.name} ${move.old} ${move.new}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}
