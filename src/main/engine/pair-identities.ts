import { databasePair, type Move } from '../../shared/move'
import type { ServerIdentity } from '../../shared/server'
import type { Reach } from '../reach/reach'

/** Which servers stand at both ends of the pair now; a finish may be begun without one that is gone for good. */
export const pairIdentities = async (reach: Reach, move: Move): Promise<Record<string, ServerIdentity>> => {
  const pair = databasePair(move)
  const ids = pair ? [pair.old.id, pair.new.id] : []
  const seen = await Promise.allSettled(ids.map(async (id) => [id, (await reach.capabilities(id)).identity] as const))
  return Object.fromEntries(seen.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])))
}
