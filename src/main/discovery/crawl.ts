import type { AskState } from '../../shared/discovery'
import type { Failure } from '../../shared/failure'
import type { ServerSurvey } from '../../shared/server'
import { isAddress, isLoopback, isTunnelEnd, type Mention, mentionsOf } from './mentions'

/** A server of the move that a crawl begins at, or whose way it goes. */
export interface Seed {
  server: string
  name: string
  user: string
  host: string
  port: number
  /** Its database answers on the SSH host itself, so that loopback addresses it names can be asked there. */
  onSshHost: boolean
}

export interface Bounds {
  servers: number
  depth: number
}

export const usualBounds: Bounds = { servers: 200, depth: 8 }

/** A place to ask at: the way of a server of the move, or an address reached like one. */
export interface Target {
  id: string
  /** Set: this server of the move itself. */
  server: string | null
  host: string
  port: number
  like: string
  depth: number
  guessed: boolean
  state: AskState
  /** Who answered here, first to last. */
  answers: { key: string; at: number }[]
}

/** Everything a crawl knows. Pure data. */
export interface Crawl {
  bounds: Bounds
  startedAt: number
  at: number
  seeds: Seed[]
  chosen: string[]
  /** Servers of the move by identity, as they were seen before; also of those that are not asked. */
  knownAs: ReadonlyMap<string, string>
  targets: ReadonlyMap<string, Target>
  /** By identity; how each of them was reached first. */
  surveys: ReadonlyMap<string, { survey: ServerSurvey; like: string; onSshHost: boolean; depth: number }>
  /** Surveys of the same identity that do not look like the same machine. */
  twins: ReadonlyMap<string, string>
  leftOut: { tooMany: ReadonlySet<string>; tooDeep: ReadonlySet<string>; late: number }
}

export type CrawlEvent =
  | { kind: 'chosen'; at: number; asks: { target: string; like: string }[] }
  | { kind: 'asked'; at: number; target: string }
  | { kind: 'answered'; at: number; target: string; survey: ServerSurvey }
  | { kind: 'failed'; at: number; target: string; failure: Failure }
  | { kind: 'out-of-time'; at: number }

export const seedTarget = (server: string): string => `move ${server}`
export const addressTarget = (like: string, host: string, port: number): string =>
  `${like} ${host.toLowerCase()} ${port}`

/** A crawl before anything was asked: the chosen seeds wait for their turn, the other servers of the move are only known. */
export const beginCrawl = (
  seeds: readonly Seed[],
  chosen: readonly string[],
  at: number,
  more: { bounds?: Bounds; knownAs?: ReadonlyMap<string, string> } = {}
): Crawl => ({
  bounds: more.bounds ?? usualBounds,
  knownAs: more.knownAs ?? new Map(),
  startedAt: at,
  at,
  seeds: [...seeds],
  chosen: [...chosen],
  targets: new Map(
    seeds.map((seed) => [
      seedTarget(seed.server),
      {
        id: seedTarget(seed.server),
        server: seed.server,
        host: seed.host,
        port: seed.port,
        like: seed.server,
        depth: 0,
        guessed: false,
        state: chosen.includes(seed.server) ? { kind: 'waiting' } : { kind: 'proposed' },
        answers: []
      }
    ])
  ),
  surveys: new Map(),
  twins: new Map(),
  leftOut: { tooMany: new Set(), tooDeep: new Set(), late: 0 }
})

/** What has to be asked now. */
export const nextAsks = (crawl: Crawl): Target[] =>
  [...crawl.targets.values()].filter((target) => target.state.kind === 'waiting')

/** The crawl after one event. Pure; an event about a target it does not know changes nothing. */
export const crawlAfter = (crawl: Crawl, event: CrawlEvent): Crawl => {
  const now = { ...crawl, at: event.at }
  switch (event.kind) {
    case 'chosen':
      return event.asks.reduce((sum, ask) => choose(sum, ask), { ...now, leftOut: { ...now.leftOut, late: 0 } })
    case 'asked':
      return withState(now, event.target, { kind: 'asking', since: event.at })
    case 'failed':
      return withState(now, event.target, { kind: 'failed', at: event.at, failure: event.failure })
    case 'out-of-time': {
      const waiting = nextAsks(now)
      const put = waiting.reduce((sum, target) => withState(sum, target.id, { kind: 'proposed' }), now)
      return { ...put, leftOut: { ...put.leftOut, late: put.leftOut.late + waiting.length } }
    }
    case 'answered':
      return answered(now, event.target, event.survey, event.at)
  }
}

const withTarget = (crawl: Crawl, target: Target): Crawl => ({
  ...crawl,
  targets: new Map(crawl.targets).set(target.id, target)
})

const withState = (crawl: Crawl, id: string, state: AskState): Crawl => {
  const target = crawl.targets.get(id)
  return target ? withTarget(crawl, { ...target, state }) : crawl
}

const choose = (crawl: Crawl, ask: { target: string; like: string }): Crawl => {
  const target = crawl.targets.get(ask.target)
  if (!target || ['waiting', 'asking'].includes(target.state.kind)) return crawl
  if (!crawl.seeds.some((seed) => seed.server === ask.like)) return crawl
  const like = target.server === null ? ask.like : target.like
  return withTarget(crawl, { ...target, like, state: { kind: 'waiting' } })
}

const machineOf = ({ identity }: ServerSurvey): string =>
  JSON.stringify([identity.serverId, identity.hostname, identity.port, identity.datadir])

const answered = (crawl: Crawl, id: string, survey: ServerSurvey, at: number): Crawl => {
  const target = crawl.targets.get(id)
  if (!target) return crawl
  const key = survey.identity.key
  const answers = target.answers.at(-1)?.key === key ? target.answers : [...target.answers, { key, at }]
  const state: AskState = { kind: 'answered', at, tookMs: survey.tookMs }
  const seed = crawl.seeds.find((one) => one.server === target.server)
  const known = crawl.surveys.get(key)
  const twins =
    known && machineOf(known.survey) !== machineOf(survey)
      ? new Map(crawl.twins).set(key, `${known.survey.identity.hostname}:${known.survey.identity.port}`)
      : crawl.twins
  const reached = known
    ? { ...known, survey, depth: Math.min(known.depth, target.depth) }
    : {
        survey,
        like: target.like,
        onSshHost: seed?.onSshHost ?? (isLoopback(target.host) && !isTunnelEnd(target.host)),
        depth: target.depth
      }
  const surveys = new Map(crawl.surveys).set(key, reached)
  const next = withTarget({ ...crawl, surveys, twins }, { ...target, answers, state })
  return mentionsOf(survey).reduce((sum, mention) => proposed(sum, mention), next)
}

/** The target that a mention leads to from where it was said, if anybody can ask there. */
export const targetOf = (crawl: Crawl, mention: Mention): string | null => {
  const teller = crawl.surveys.get(mention.by)
  if (!teller || !isAddress(mention)) return null
  if (isLoopback(mention.host) && !teller.onSshHost) return null
  return addressTarget(teller.like, mention.host, mention.port)
}

const proposed = (crawl: Crawl, mention: Mention): Crawl => {
  const id = targetOf(crawl, mention)
  const teller = crawl.surveys.get(mention.by)
  if (id === null || !teller || crawl.targets.has(id)) return crawl
  // Who is known by its uuid is not asked again at another of its addresses.
  if (mention.uuid !== null && crawl.surveys.has(mention.uuid)) return crawl
  const depth = teller.depth + 1
  const { leftOut, bounds } = crawl
  if (depth > bounds.depth) return { ...crawl, leftOut: { ...leftOut, tooDeep: new Set(leftOut.tooDeep).add(id) } }
  if (crawl.targets.size >= bounds.servers)
    return { ...crawl, leftOut: { ...leftOut, tooMany: new Set(leftOut.tooMany).add(id) } }
  return withTarget(crawl, {
    id,
    server: null,
    host: mention.host,
    port: mention.port,
    like: teller.like,
    depth,
    guessed: mention.guessed,
    state: { kind: 'proposed' },
    answers: []
  })
}
