import { pauseFor } from './breath'
import { type CompareSession, openCompareSession } from './compare-session'
import type { Following } from './follow'
import type { Governor } from './governor'
import type { LaneOptions, Lanes } from './lanes'
import { makeSignReader, signsOf } from './signs'
import { otherSide, type Side } from './table-plan'

const everyMs = 700
const againMs = 5000

/** Looks at both servers' load until the signal ends; a server that cannot be looked at does not hold the comparison. */
export const watchSigns = async (
  options: LaneOptions,
  { kind, active }: Following,
  lanes: Lanes,
  laneCount: () => number,
  governor: Governor
): Promise<void> => {
  const serverOf = (side: Side): string => (side === 'old' ? options.oldServer : options.newServer)
  while (!options.signal.aborted) {
    const open: CompareSession[] = []
    try {
      for (const side of [active, otherSide(active)] as const)
        open.push(await openCompareSession(options.reach, serverOf(side), options.signal))
      const [source, replica] = open
      if (!source || !replica) return
      const { serverId } = source.capabilities.identity
      const read = {
        active: makeSignReader(source, () => lanes.sent()[active], laneCount, serverId),
        passive: makeSignReader(replica, () => lanes.sent()[otherSide(active)], laneCount, serverId)
      }
      while (!options.signal.aborted) {
        const signs = signsOf(...(await Promise.all([read.active(), read.passive()])))
        // Who does not follow will not catch up by being waited for.
        governor.see(kind === 'follows' ? signs : signs.map((one) => ({ ...one, lagSeconds: null })))
        await pauseFor(everyMs, options.signal)
      }
    } catch {
      await pauseFor(againMs, options.signal)
    } finally {
      await Promise.allSettled(open.map((session) => session.close()))
    }
  }
}
