import { fail } from '../../shared/failure'
import type { Reach } from '../reach/reach'
import { openCompareSession } from './compare-session'
import type { Sessions } from './follow'

export interface LaneOptions {
  reach: Reach
  oldServer: string
  newServer: string
  signal: AbortSignal
}

/** Pairs of sessions that work side by side. */
export interface Lanes {
  first(): Sessions
  /** Up to `count` pairs; fewer when a server takes no more sessions. */
  upTo(count: number): Promise<readonly Sessions[]>
  /** New sessions in place of the ones that were lost. */
  renew(): Promise<void>
  /** Statements sent to each side so far. */
  sent(): { old: number; new: number }
  close(): Promise<void>
}

/** Both sessions of one lane. */
export const openLane = async ({ reach, oldServer, newServer, signal }: LaneOptions): Promise<Sessions> => {
  const [old, fresh] = await Promise.allSettled([
    openCompareSession(reach, oldServer, signal),
    openCompareSession(reach, newServer, signal)
  ])
  if (old.status === 'fulfilled' && fresh.status === 'fulfilled') return { old: old.value, new: fresh.value }
  for (const one of [old, fresh]) if (one.status === 'fulfilled') await one.value.close()
  throw old.status === 'rejected' ? old.reason : fresh.status === 'rejected' ? fresh.reason : new Error('no session')
}

/** Opens the first lane; the others follow when they are wanted. */
export const openLanes = async (options: LaneOptions): Promise<Lanes> => {
  let lanes: Sessions[] = [await openLane(options)]
  let most = Number.POSITIVE_INFINITY
  const before = { old: 0, new: 0 }
  const closeAll = async (): Promise<void> => {
    const closing = lanes
    lanes = []
    for (const lane of closing) for (const side of ['old', 'new'] as const) before[side] += lane[side].sent()
    await Promise.allSettled(closing.flatMap((lane) => [lane.old.close(), lane.new.close()]))
  }
  return {
    first: () => {
      const [lane] = lanes
      if (!lane) throw fail('unreachable', 'The comparison has no session any more.', { try: ['Start it again.'] })
      return lane
    },
    upTo: async (count) => {
      const more = Math.min(count, most) - lanes.length
      if (more > 0) {
        const opened = await Promise.allSettled(Array.from({ length: more }, () => openLane(options)))
        for (const one of opened)
          if (one.status === 'fulfilled') lanes.push(one.value)
          else {
            // The first lane is enough: a server may allow an account few sessions.
            if (lanes.length === 0 || options.signal.aborted) throw one.reason
            most = lanes.length
          }
      }
      return lanes.slice(0, count)
    },
    renew: async () => {
      await closeAll()
      lanes = [await openLane(options)]
    },
    sent: () => {
      const sum = (side: 'old' | 'new'): number => lanes.reduce((all, lane) => all + lane[side].sent(), before[side])
      return { old: sum('old'), new: sum('new') }
    },
    close: closeAll
  }
}
