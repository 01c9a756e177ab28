import type { Move } from '../../../shared/move'

/** Makes two servers of the two sites a pair; a server belongs to one pair only. The same two again: no pair any more. */
export const withPair = (move: Move, one: string, other: string): Move => {
  const isOld = (id: string) => move.old.servers.some((server) => server.id === id)
  const [old, target] = isOld(one) ? [one, other] : [other, one]
  if (!isOld(old) || !move.new.servers.some((server) => server.id === target)) return move
  const rest = move.pairs.filter((pair) => pair.old !== old && pair.new !== target)
  const known = move.pairs.some((pair) => pair.old === old && pair.new === target)
  return { ...move, pairs: known ? rest : [...rest, { old, new: target }] }
}
