import type { PlannedStatement } from '../../shared/drift'
import { type CertifyGround, certifyGround } from './certify-ground'
import { lookAtFollowing, type Sessions } from './follow'
import { type LaneOptions, openLane } from './lanes'

/** All that a certificate sends beside reads, in its order. Pure. */
export const certifyStatements = (
  { active, passive, words, lock }: CertifyGround,
  servers: Record<'old' | 'new', string>
): PlannedStatement[] => [
  { server: servers[passive], statement: words.stop },
  ...(lock ?? []).map((statement) => ({ server: servers[active], statement })),
  { server: servers[passive], statement: words.runUntil(null) },
  { server: servers[passive], statement: words.start }
]

/** What certifying sends beside reads; the place of the log is known only when the snapshot is open. Rejects when the sides cannot be certified. */
export const certifyPlan = async (options: LaneOptions, mayLock: boolean): Promise<PlannedStatement[]> => {
  const sessions: Sessions = await openLane(options)
  try {
    const ground = await certifyGround(options.reach.move, sessions, await lookAtFollowing(sessions), mayLock)
    return certifyStatements(ground, { old: sessions.old.server, new: sessions.new.server })
  } finally {
    await Promise.allSettled([sessions.old.close(), sessions.new.close()])
  }
}
