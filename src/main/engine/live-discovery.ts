import type { Discovery } from '../../shared/discovery'
import { fail } from '../../shared/failure'
import type { Move } from '../../shared/move'
import { databaseSecret, type SecretRef } from '../../shared/secret'
import type { SecretMapping } from '../../shared/secret-mapping'
import type { Topology } from '../../shared/topology'
import { askServer } from '../discovery/ask-server'
import { newEntries, type WantedServer, withNewServers } from '../discovery/new-entries'
import { type RunningCrawl, runCrawl } from '../discovery/run-crawl'
import type { Reach } from '../reach/reach'
import type { SecretStore } from '../store/secrets'

const askDeadlineMs = 8000

/** An opened move, as far as a search needs it. */
export interface Searched {
  reach: Reach
  move(): Move
  topology(): Topology | null
  save(move: Move): Promise<number>
}

export interface DiscoveriesDeps {
  opened(moveId: string): Searched
  secrets: Pick<SecretStore, 'copy' | 'get'>
  onChange(moveId: string, discovery: Discovery): void
}

/** The searches for servers that are open, one a move. */
export interface Discoveries {
  /** Asks the seeds; a search that is open for this move ends. */
  start(moveId: string, seeds: readonly string[]): Promise<Discovery>
  /** Asks at addresses of the open search that a person ticked. */
  ask(moveId: string, asks: readonly { address: string; like: string }[]): void
  add(
    moveId: string,
    wanted: readonly WantedServer[],
    withSecrets: boolean
  ): Promise<{ servers: string[]; missed: SecretRef[] }>
  end(moveId: string): void
}

/** Who a move's servers were when they were last seen. */
export const knownServers = (topology: Topology | null): ReadonlyMap<string, string> =>
  new Map(topology?.nodes.flatMap(({ server, survey }) => (survey ? [[survey.identity.key, server] as const] : [])))

/** Starts a search over the sessions of an opened move. */
export const openCrawl = (
  live: Searched,
  seeds: readonly string[],
  more: { onChange(discovery: Discovery): void; signal: AbortSignal }
): RunningCrawl =>
  runCrawl({
    move: live.move(),
    seeds,
    knownAs: knownServers(live.topology()),
    ask: (target) => askServer(live.reach, target, { deadlineMs: askDeadlineMs, signal: more.signal }),
    ...more
  })

const passwordsOf =
  (like: string, to: string): SecretMapping =>
  (ref) => {
    const [kind = '', id, ...rest] = ref.split('/')
    return id === like && kind !== 'dns' && kind !== 'made' ? [kind, to, ...rest].join('/') : null
  }

/** Keeps the open searches; nothing is asked but what was named by a person. */
export const makeDiscoveries = ({ opened, secrets, onChange }: DiscoveriesDeps): Discoveries => {
  const open = new Map<string, { crawl: RunningCrawl; ending: AbortController }>()
  const end = (moveId: string) => {
    open.get(moveId)?.ending.abort()
    open.delete(moveId)
  }
  const crawlOf = (moveId: string): RunningCrawl => {
    const found = open.get(moveId)
    if (!found) throw fail('conflict', 'No search is open.', { try: ['Start it again.'] })
    return found.crawl
  }
  /** One that cannot be copied has to be typed. */
  const copyPasswords = async (moveId: string, like: string, to: string): Promise<SecretRef[]> => {
    const named = passwordsOf(like, to)
    const missed = (await secrets.copy(moveId, moveId, named)).flatMap((ref) => named(ref) ?? [])
    const own = databaseSecret(to)
    const has = await secrets.get(moveId, own).catch(() => null)
    return has === null && !missed.includes(own) ? [...missed, own] : missed
  }
  return {
    end,
    start: async (moveId, seeds) => {
      end(moveId)
      const ending = new AbortController()
      const crawl = openCrawl(opened(moveId), seeds, {
        onChange: (discovery) => onChange(moveId, discovery),
        signal: ending.signal
      })
      open.set(moveId, { crawl, ending })
      return crawl.discovery()
    },
    ask: (moveId, asks) => {
      void crawlOf(moveId).ask(asks)
    },
    add: async (moveId, wanted, withSecrets) => {
      const live = opened(moveId)
      const crawl = crawlOf(moveId)
      const added = newEntries(live.move(), crawl.discovery().servers, wanted)
      await live.save(withNewServers(live.move(), added))
      crawl.joined(live.move(), new Map(added.map(({ found, entry }) => [found, entry.id])))
      const missed: SecretRef[] = []
      for (const { entry, like } of added) {
        missed.push(...(withSecrets ? await copyPasswords(moveId, like, entry.id) : [databaseSecret(entry.id)]))
        // The first look may have come before its password.
        live.reach.retry(entry.id)
      }
      return { servers: added.map(({ entry }) => entry.id), missed }
    }
  }
}
