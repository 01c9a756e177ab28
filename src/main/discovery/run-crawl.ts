import { setMaxListeners } from 'node:events'
import pLimit from 'p-limit'
import type { Discovery } from '../../shared/discovery'
import { failureOf } from '../../shared/failure'
import { type Move, serversOf, sshEntryName } from '../../shared/move'
import type { ServerSurvey } from '../../shared/server'
import {
  type Bounds,
  beginCrawl,
  type Crawl,
  type CrawlEvent,
  crawlAfter,
  nextAsks,
  type Seed,
  type Target
} from './crawl'
import { discoveryOf } from './discovery-of'
import { isLoopback } from './mentions'

export interface RunCrawlOptions {
  move: Move
  seeds: readonly string[]
  ask(target: Target): Promise<ServerSurvey>
  /** What is known after each answer, at most every `tellEveryMs`. */
  onChange(discovery: Discovery): void
  bounds?: Bounds
  /** Servers of the move by identity, as far as they were seen before. */
  knownAs?: ReadonlyMap<string, string>
  /** For all that was ticked together; what still waits then is not asked. */
  timeMs?: number
  /** How many are asked side by side: so many that silent ones hold up no other. */
  side?: number
  tellEveryMs?: number
  signal: AbortSignal
}

/** A search that is open: it asks nobody by itself but the seeds. */
export interface RunningCrawl {
  crawl(): Crawl
  discovery(): Discovery
  /** Asks at addresses that were ticked; ends when all of them have answered or failed. */
  ask(asks: readonly { address: string; like: string }[]): Promise<void>
  /** Found servers have become part of the move, which is this by now. */
  joined(move: Move, servers: ReadonlyMap<string, string>): void
  /** Ends when the seeds have answered or failed. */
  readonly begun: Promise<void>
}

/** The servers of a move as a search needs them. */
export const seedsOf = (move: Move): Seed[] =>
  serversOf(move).flatMap(({ server }) => {
    const { database } = server
    if (server.kind !== 'database' || !database) return []
    const last = server.ssh.at(-1)
    const onSshHost =
      database.via === 'ssh' &&
      (database.socketPath !== undefined ||
        isLoopback(database.host) ||
        (last !== undefined && sshEntryName(last) === database.host))
    return [
      {
        server: server.id,
        name: server.name,
        user: database.user,
        host: database.host,
        port: database.port,
        // On this computer, without SSH, the seed’s own loopback is ours.
        onSshHost: onSshHost || (database.via === 'direct' && isLoopback(database.host))
      }
    ]
  })

/** Begins a search at the seeds and keeps what it knows; results come as they are there, a silent server delays none. */
export const runCrawl = (options: RunCrawlOptions): RunningCrawl => {
  const { signal, tellEveryMs = 100 } = options
  setMaxListeners(0, signal)
  const limit = pLimit(options.side ?? 100)
  let crawl = beginCrawl(seedsOf(options.move), options.seeds, Date.now(), options)
  let telling: NodeJS.Timeout | null = null

  const tell = () => {
    telling = null
    if (!signal.aborted) options.onChange(discoveryOf(crawl))
  }
  const after = (event: CrawlEvent) => {
    crawl = crawlAfter(crawl, event)
    telling ??= setTimeout(tell, tellEveryMs)
  }
  const askOne = async (target: Target): Promise<void> => {
    const waits = crawl.targets.get(target.id)?.state.kind === 'waiting'
    if (signal.aborted || !waits) return
    after({ kind: 'asked', at: Date.now(), target: target.id })
    try {
      const survey = await options.ask(target)
      after({ kind: 'answered', at: Date.now(), target: target.id, survey })
    } catch (error) {
      after({ kind: 'failed', at: Date.now(), target: target.id, failure: failureOf(error) })
    }
  }
  const askWaiting = async (): Promise<void> => {
    const outOfTime = setTimeout(() => after({ kind: 'out-of-time', at: Date.now() }), options.timeMs ?? 60_000)
    try {
      await Promise.all(nextAsks(crawl).map((target) => limit(() => askOne(target))))
    } finally {
      clearTimeout(outOfTime)
      if (telling) clearTimeout(telling)
      tell()
    }
  }

  return {
    crawl: () => crawl,
    discovery: () => discoveryOf(crawl),
    begun: askWaiting(),
    joined: (move, servers) => {
      crawl = { ...crawl, seeds: seedsOf(move), knownAs: new Map([...crawl.knownAs, ...servers]) }
      tell()
    },
    ask: (asks) => {
      after({
        kind: 'chosen',
        at: Date.now(),
        asks: asks.map(({ address, like }) => ({ target: address, like }))
      })
      return askWaiting()
    }
  }
}
