import { fail } from '../../shared/failure'
import { quoteText } from '../mysql/identifiers'
import { type Applier, applierOf, type LogPlace, placeText, samePlace } from './applier'
import { pauseFor } from './breath'
import { certifyGround } from './certify-ground'
import { type CompareSession, openCompareSession, stopWhenCancelled } from './compare-session'
import type { Following, Sessions } from './follow'
import { type LaneOptions, type Lanes, openLane } from './lanes'
import { lockedSnapshots, openSnapshot, quietSnapshots, snapshotPlace } from './snapshot'
import type { Side } from './table-plan'

/** Pairs of sessions that read both sides at one position. */
export interface CertifiedLanes {
  lanes: Lanes
  position: string
  how: string
  close(): Promise<void>
}

export interface CertifyOptions extends LaneOptions {
  /** A global read lock of some milliseconds may be taken on the active server. */
  mayLock: boolean
  /** Told before the applier of the passive server is stopped and after it was started: what starts it again. */
  onApplierStopped?(stopped: { server: string; statement: string } | null): void
}

const quietForMs = 15_000
const againMs = 30

/** Snapshots on both sides at one known position. Rejects when there is none that can be made sure of. */
export const certifiedLanes = async (
  options: CertifyOptions,
  following: Following,
  working: Lanes,
  most: number
): Promise<CertifiedLanes> => {
  const first = working.first()
  const { active, passive, channel, words, lock } = await certifyGround(
    options.reach.move,
    first,
    following,
    options.mayLock
  )
  const applier = applierOf(first[passive], channel, words)
  const pairs: Sessions[] = []
  const closeAll = async (): Promise<void> => {
    await Promise.allSettled(pairs.flatMap((pair) => [pair.old.close(), pair.new.close()]))
  }
  let stopped = false
  try {
    const opened = await Promise.allSettled(Array.from({ length: most }, () => openLane(options)))
    for (const one of opened) if (one.status === 'fulfilled') pairs.push(one.value)
    const [failed] = opened.filter((one) => one.status === 'rejected')
    if (failed && pairs.length === 0) throw failed.reason
    options.onApplierStopped?.({ server: first[passive].server, statement: applier.startStatement })
    stopped = true
    await applier.stop()
    const { place, gtids, kept, how } = await activeSnapshots(options, pairs, active, lock !== null)
    await applier.runUntil(place, options.signal)
    const lanes = kept.map((index) => pairs[index]).filter((pair) => pair !== undefined)
    await Promise.all(lanes.map((pair) => openSnapshot(pair[passive])))
    const at = await applier.applied()
    if (!at || !samePlace(at, place))
      throw fail('conflict', 'The passive side did not stop at the position of the snapshot.', {
        why: `Wanted ${placeText(place)}, it stands at ${at ? placeText(at) : 'an unknown place'}.`,
        try: ['Certify again.']
      })
    if (gtids !== '') await refuseUnseen(first[passive], gtids)
    await applier.start()
    options.onApplierStopped?.(null)
    stopped = false
    return { lanes: fixedLanes(lanes), position: placeText(place), how, close: closeAll }
  } catch (error) {
    if (stopped) {
      await restart(applier, options, first[passive].server)
      options.onApplierStopped?.(null)
    }
    await closeAll()
    throw error
  }
}

/** An applier that was stopped must run again, whatever happened; a lost session is replaced for it. */
const restart = async (applier: Applier, options: CertifyOptions, server: string): Promise<void> => {
  try {
    await applier.start()
  } catch {
    const session = await openCompareSession(options.reach, server, AbortSignal.timeout(30_000))
    try {
      await session.rows(applier.startStatement, 20_000)
    } finally {
      await session.close()
    }
  }
}

/** What was in the log but not yet committed when the snapshot was opened would be on the passive side only. */
const refuseUnseen = async (passive: CompareSession, gtids: string): Promise<void> => {
  const own = passive.capabilities.identity.uuid?.toLowerCase()
  const [row] = await passive.cells(`SELECT GTID_SUBTRACT(@@global.gtid_executed, ${quoteText(gtids)})`)
  const beyond = (row?.[0] ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '' && !(own && part.startsWith(own)))
  if (beyond.length > 0)
    throw fail('conflict', 'A transaction was under way while the snapshot was opened.', {
      words: beyond.join(','),
      try: ['Certify again.']
    })
}

interface ActiveSnapshots {
  place: LogPlace
  /** Executed transactions, where the place alone does not prove them seen; otherwise ''. */
  gtids: string
  /** The lanes whose snapshots belong to that place. */
  kept: number[]
  how: string
}

/** Snapshots of the active side with the place of the log they belong to. */
const activeSnapshots = async (
  options: CertifyOptions,
  pairs: readonly Sessions[],
  active: Side,
  locks: boolean
): Promise<ActiveSnapshots> => {
  const sessions = pairs.map((pair) => pair[active])
  const [first] = sessions
  if (!first) throw new Error('a certificate without sessions')
  await Promise.all(sessions.map(openSnapshot))
  // One after the other: what one session is told may otherwise be another one's.
  const places: (LogPlace | null)[] = []
  for (const session of sessions) places.push(await snapshotPlace(session))
  const [place] = places
  if (place)
    return {
      place,
      gtids: '',
      kept: places.flatMap((one, index) => (one && samePlace(one, place) ? [index] : [])),
      how: 'the active server told which position its snapshot belongs to; the passive one stood at it when its own was opened'
    }
  const watcher = await openCompareSession(options.reach, first.server, options.signal)
  const all = pairs.map((_, index) => index)
  try {
    if (locks) {
      const { place: locked } = await lockedSnapshots(sessions, watcher)
      return {
        place: locked,
        gtids: '',
        kept: all,
        how: 'the active server was locked for the moment of opening its snapshots'
      }
    }
    const end = performance.now() + quietForMs
    while (performance.now() < end) {
      stopWhenCancelled(options.signal)
      const quiet = await quietSnapshots(sessions, watcher, options.signal)
      if (quiet)
        return {
          place: quiet.place,
          gtids: gtidsOf(first, quiet.gtids),
          kept: all,
          how: 'nothing was written while the snapshots were opened'
        }
      await pauseFor(againMs, options.signal)
    }
  } finally {
    await watcher.close()
  }
  throw fail('conflict', `${first.server} was never quiet long enough to know the position of a snapshot.`, {
    where: first.server,
    why: 'This server does not tell which position a snapshot belongs to, and wrote something at every look of 15 s.',
    try: ['Certify in a quieter hour.', 'Allow a lock of some milliseconds: siteswap drift MOVE --certify --brief-lock']
  })
}

const gtidsOf = ({ capabilities }: CompareSession, gtids: string): string =>
  capabilities.gtid === 'mysql' ? gtids : ''

/** Snapshots cannot be opened again at the same position: what is lost is lost. */
const fixedLanes = (lanes: readonly Sessions[]): Lanes => ({
  first: () => {
    const [lane] = lanes
    if (!lane) throw new Error('a certificate without sessions')
    return lane
  },
  upTo: async (count) => lanes.slice(0, count),
  renew: async () => {
    throw fail('unreachable', 'A snapshot was lost with its session.', { try: ['Certify again.'] })
  },
  sent: () => ({
    old: lanes.reduce((sum, lane) => sum + lane.old.sent(), 0),
    new: lanes.reduce((sum, lane) => sum + lane.new.sent(), 0)
  }),
  close: async () => {}
})
