import type { Discovery } from '../../shared/discovery'
import { fail } from '../../shared/failure'
import { serversOf } from '../../shared/move'
import { discoveryText, placeOf } from '../discovery/discovery-text'
import type { RunningCrawl } from '../discovery/run-crawl'
import { openCrawl } from '../engine/live-discovery'
import { exitCodes } from './exit-codes'
import { type CliOptions, withLiveMove } from './open'
import { say, sayJson, showProgress } from './print'

export interface DiscoverOptions {
  /** Ids of servers to begin at; empty: all databases of the move. */
  from: string[]
  /** `host:port`, each named by a server before; they may be found only after others have answered. */
  connect: string[]
}

/** What `--connect` names is asked as soon as a server names it; the loop ends because each address is asked once. */
const askNamed = async (crawl: RunningCrawl, connect: ReadonlySet<string>): Promise<void> => {
  await crawl.begun
  for (;;) {
    const asks = crawl
      .discovery()
      .servers.flatMap(({ addresses }) => addresses)
      .filter((one) => one.state.kind === 'proposed' && connect.has(placeOf(one)))
    if (asks.length === 0) return
    await crawl.ask(asks.map(({ id, like }) => ({ address: id, like })))
    // Asked and put back because the time was up: it would go round for ever.
    if (crawl.crawl().leftOut.late > 0) return
  }
}

const exitCodeFor = ({ servers, leftOut }: Discovery): number => {
  const failed = servers.some(({ addresses }) => addresses.some(({ state }) => state.kind === 'failed'))
  if (failed || leftOut.length > 0) return exitCodes.unverified
  return servers.some(({ server }) => server === null) ? exitCodes.findings : exitCodes.ok
}

/** Exit 0 when every named server is part of the move; 1 when there are others; 3 when one did not answer. */
export const discoverServers = (path: string, options: CliOptions, wanted: DiscoverOptions): Promise<number> =>
  withLiveMove(
    path,
    options,
    () => {},
    async ({ live }) => {
      const move = live.move()
      const databases = serversOf(move).flatMap(({ server }) => (server.kind === 'database' ? [server.id] : []))
      const seeds = wanted.from.length > 0 ? wanted.from : databases
      const unknown = seeds.find((id) => !databases.includes(id))
      if (unknown !== undefined || seeds.length === 0)
        throw fail(
          'invalid',
          unknown ? `The move has no database server “${unknown}”.` : 'The move has no databases.',
          {
            try: [databases.length > 0 ? `One of: ${databases.join(', ')}` : 'Add one in the app, on station Sites.']
          }
        )
      const ending = new AbortController()
      const crawl = openCrawl({ reach: live.reach, move: live.move, save: live.save, topology: () => null }, seeds, {
        onChange: ({ busy, servers }) => showProgress(`${servers.length} servers known, ${busy} being asked`),
        signal: ending.signal
      })
      try {
        await askNamed(crawl, new Set(wanted.connect))
      } finally {
        ending.abort()
      }
      const discovery = crawl.discovery()
      if (options.json) sayJson(discovery)
      else say(discoveryText(discovery).trimEnd())
      return exitCodeFor(discovery)
    }
  )
