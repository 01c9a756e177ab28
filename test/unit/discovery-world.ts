import {
  addressTarget,
  beginCrawl,
  type Crawl,
  type CrawlEvent,
  crawlAfter,
  type Seed,
  seedTarget
} from '../../src/main/discovery/crawl'
import { discoveryOf } from '../../src/main/discovery/discovery-of'
import type { Discovery, FoundServer } from '../../src/shared/discovery'
import { fail } from '../../src/shared/failure'
import type { RegisteredReplica, ServerSurvey, SurveyedLink } from '../../src/shared/server'
import { surveyedLink } from '../scenarios/link-status'

export const uuidOf = (id: number): string => `${String(id).padStart(8, '0')}-1111-2222-3333-444444444444`

export interface ToldServer {
  id: number
  flavour?: 'mysql' | 'mariadb'
  hostname?: string
  port?: number
  datadir?: string
  uuid?: string
  links?: Partial<SurveyedLink>[]
  registered?: Partial<RegisteredReplica>[]
  dumpThreads?: string[]
  more?: Partial<ServerSurvey>
}

/** What a server of the tests says of itself. */
export const told = (server: ToldServer): ServerSurvey => {
  const { id, flavour = 'mysql', hostname = `db${id}`, port = 3306, datadir = '/data/' } = server
  const uuid = flavour === 'mysql' ? (server.uuid ?? uuidOf(id)) : null
  return {
    server: '',
    at: 1000,
    tookMs: 12,
    identity: {
      flavour,
      version: flavour === 'mysql' ? '9.7.0' : '10.11.14-MariaDB',
      versionNumbers: flavour === 'mysql' ? [9, 7, 0] : [10, 11, 14],
      comment: '',
      ...{ uuid, serverId: id, hostname, port, datadir },
      key: uuid ?? JSON.stringify([id, hostname, port, datadir])
    },
    readOnly: (server.links ?? []).length > 0,
    superReadOnly: null,
    logBin: true,
    gtid: { executed: '', purged: '', binlogState: '', replicaPos: '' },
    binlog: null,
    links: (server.links ?? []).map((link) => surveyedLink(link)),
    dumpThreads: (server.dumpThreads ?? []).map((host) => ({ user: 'repl', host })),
    connections: { total: 1, limit: 100, byAccount: [] },
    uptimeSeconds: 1,
    writesTotal: 0,
    dataBytes: null,
    variables: {},
    registered: (server.registered ?? []).map((one) => ({
      ...{ serverId: 0, host: '', port: 3306, sourceServerId: id, uuid: null },
      ...one
    })),
    registeredAsked: 'SHOW REPLICAS',
    ...server.more
  }
}

/** Replicas that registered themselves, each with its server id and what it calls itself. */
export const replicas = (...them: (readonly [number, string])[]): Partial<RegisteredReplica>[] =>
  them.map(([serverId, host]) => ({ serverId, host }))

/** A link to a MySQL server, by its uuid and address. */
export const linkTo = (id: number, host: string, more: Partial<SurveyedLink> = {}): Partial<SurveyedLink> => ({
  sourceHost: host,
  sourcePort: 3306,
  sourceServerId: id,
  sourceUuid: uuidOf(id),
  ...more
})

export const seed = (server: string, more: Partial<Seed> = {}): Seed => ({
  server,
  name: server,
  user: 'siteswap',
  host: '10.0.0.1',
  port: 3306,
  onSshHost: false,
  ...more
})

/** The address by which the one server of the move is known. */
export const db1 = seedTarget('db1')

/** An address that is asked as that server is. */
export const at = (host: string, port = 3306) => addressTarget('db1', host, port)

/** A crawl that knows that server. */
export const begin = (more: Partial<Seed> = {}): Crawl => beginCrawl([seed('db1', more)], ['db1'], 0)

/** The crawl after events, one after the other. */
export const crawled = (crawl: Crawl, ...events: CrawlEvent[]): Crawl => events.reduce(crawlAfter, crawl)

export const answers = (target: string, survey: ServerSurvey, at = 1000): CrawlEvent => ({
  kind: 'answered',
  at,
  target,
  survey
})

export const silent = (target: string, at = 1000): CrawlEvent => ({
  kind: 'failed',
  at,
  target,
  failure: fail('timeout', `${target} did not answer within 8 s.`).failure
})

export const found = (crawl: Crawl, name: string): FoundServer => {
  const { servers } = discoveryOf(crawl)
  const one = servers.find((server) => server.name === name)
  if (!one) throw new Error(`nobody is called ${name}: ${servers.map((server) => server.name).join(', ')}`)
  return one
}

/** `db2 → db1 running`, in the names of the found servers. */
export const linkLines = ({ servers, links }: Discovery): string[] =>
  links.map(({ source, replica, state }) => {
    const name = (id: string) => servers.find((server) => server.id === id)?.name ?? id
    return `${name(replica)} follows ${name(source)}: ${state}`
  })

export const noteKinds = (server: FoundServer): string[] => server.notes.map(({ kind }) => kind)
