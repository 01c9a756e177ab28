import type { PlannedStatement } from '../../shared/drift'
import { fail } from '../../shared/failure'
import { applierStatements } from '../mysql/statements-applier'
import { linksOf, lookAtFollowing } from './follow'
import { type LaneOptions, openLane } from './lanes'
import { otherSide } from './table-plan'

/** What certifying sends beside reads, in its order; the place of the log is known only when the snapshot is open. Rejects when the sides cannot be certified. */
export const certifyPlan = async (options: LaneOptions, mayLock: boolean): Promise<PlannedStatement[]> => {
  const sessions = await openLane(options)
  try {
    const following = await lookAtFollowing(sessions)
    const passive = sessions[otherSide(following.active)]
    const active = sessions[following.active]
    const answer = await linksOf(passive)
    const link = 'links' in answer ? answer.links[0] : undefined
    if (following.kind !== 'follows' || !link)
      throw fail('conflict', 'The two sides cannot be certified at one position.', {
        why: following.kind === 'unknown' ? following.why : 'There is no link between them.',
        try: ['Build the link on Replicate, or compare without certifying.']
      })
    const words = applierStatements(passive.capabilities, link.channel)
    const place = { file: 'the log of the snapshot', offset: 4n }
    // MariaDB tells the place of a snapshot by itself.
    const lock = mayLock && active.capabilities.flavour === 'mysql'
    return [
      { server: passive.server, statement: words.stop },
      ...(lock ? [{ server: active.server, statement: 'FLUSH TABLES WITH READ LOCK' }] : []),
      ...(lock ? [{ server: active.server, statement: 'UNLOCK TABLES' }] : []),
      { server: passive.server, statement: words.runUntil(place).replace(/= 4\b/, '= its position') },
      { server: passive.server, statement: words.start }
    ]
  } finally {
    await Promise.allSettled([sessions.old.close(), sessions.new.close()])
  }
}
