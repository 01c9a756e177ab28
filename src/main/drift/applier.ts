import { fail } from '../../shared/failure'
import type { LinkStatus } from '../../shared/server'
import { linkStatusOf } from '../mysql/replica-status'
import { statementsFor } from '../mysql/statements'
import { type ApplierStatements, appliedPlace, type LogPlace } from '../mysql/statements-applier'
import { pauseFor } from './breath'
import type { CompareSession } from './compare-session'

export type { LogPlace } from '../mysql/statements-applier'

export const placeText = ({ file, offset }: LogPlace): string => `${file}:${offset}`
export const samePlace = (a: LogPlace, b: LogPlace): boolean => a.file === b.file && a.offset === b.offset

/** The applying half of one link of the passive server, which is stopped for the moment of opening snapshots. */
export interface Applier {
  status(): Promise<LinkStatus>
  /** The place of the source's log up to which everything is applied. */
  applied(): Promise<LogPlace | null>
  stop(): Promise<void>
  /** Goes on up to exactly this place and stops there. */
  runUntil(place: LogPlace, signal: AbortSignal): Promise<void>
  start(): Promise<void>
  /** What starts it again, for whoever finds it stopped. */
  readonly startStatement: string
}

const stepMs = 40
const untilMs = 60_000
const deadlineMs = 20_000

/** `words`: what is said to it, as the plan shows it. */
export const applierOf = (session: CompareSession, channel: string, words: ApplierStatements): Applier => {
  const statements = statementsFor(session.capabilities)
  const status = async (): Promise<LinkStatus> => {
    const links = (await session.rows(statements.showLinks(), deadlineMs)).map(linkStatusOf)
    const link = links.find((one) => one.channel === channel)
    if (!link)
      throw fail('conflict', `The link to ${session.server} is gone.`, {
        where: session.server,
        try: ['Look at Replicate, then compare again.']
      })
    return link
  }
  const untilStopped = async (signal: AbortSignal, ms: number): Promise<LinkStatus> => {
    const end = performance.now() + ms
    for (;;) {
      const link = await status()
      if (link.applier !== 'running') return link
      if (performance.now() > end || signal.aborted)
        throw fail('timeout', `The applier of ${session.server} did not reach the position of the snapshot.`, {
          where: session.server,
          why: `It stands at ${link.applied}.`,
          try: ['Wait until the lag is small, then certify again.']
        })
      await pauseFor(stepMs, signal)
    }
  }
  return {
    startStatement: words.start,
    status,
    applied: async () => appliedPlace((await status()).raw),
    stop: async () => {
      await session.rows(words.stop, deadlineMs)
      await untilStopped(AbortSignal.timeout(deadlineMs), deadlineMs)
    },
    runUntil: async (place, signal) => {
      await session.rows(words.runUntil(place), deadlineMs)
      const link = await untilStopped(signal, untilMs)
      const error = link.applierError
      if (error)
        throw fail('conflict', `The applier of ${session.server} stopped with an error.`, {
          where: session.server,
          words: error.text,
          try: ['Mend the link on Replicate first.']
        })
    },
    start: async () => {
      await session.rows(words.start, deadlineMs)
    }
  }
}
