import { hostName } from '../../shared/move'
import type { ServerSurvey } from '../../shared/server'

/** One server as another one speaks of it. */
export interface Mention {
  /** Identity of the server that says so. */
  by: string
  as: 'source' | 'replica'
  asked: string
  channel: string | null
  /** As that server sees it; '' and 0 where it does not say. */
  host: string
  port: number
  guessed: boolean
  uuid: string | null
  serverId: number | null
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/i

/** Whether a host means the machine it was said on. */
export const isLoopback = (host: string): boolean => loopback.test(host)

/** The usual loopback address may be the end of a tunnel; nobody gives a tunnel one of the others. */
export const isTunnelEnd = (host: string): boolean => /^(localhost|127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/i.test(host)

/** Whether host and port can be connected to at all: names of servers are not to be trusted. */
export const isAddress = ({ host, port }: { host: string; port: number }): boolean =>
  /^[a-z0-9._:%-]+$/i.test(host) &&
  hostName.safeParse(host).success &&
  Number.isInteger(port) &&
  port > 0 &&
  port < 65_536

const most = 1000

/** Everybody a server speaks of: its sources, the replicas that registered, and dump threads that nobody registered for. */
export const mentionsOf = (survey: ServerSurvey): Mention[] => {
  const by = survey.identity.key
  const sources = survey.links.map(
    (link): Mention => ({
      by,
      as: 'source',
      asked: link.words.status,
      channel: link.channel,
      host: link.sourceHost,
      port: link.sourcePort,
      guessed: false,
      uuid: link.sourceUuid?.toLowerCase() || null,
      serverId: link.sourceServerId || null
    })
  )
  const registered = (survey.registered ?? []).map(
    (replica): Mention => ({
      by,
      as: 'replica',
      asked: survey.registeredAsked ?? '',
      channel: null,
      host: replica.host,
      port: replica.port,
      guessed: false,
      uuid: replica.uuid?.toLowerCase() || null,
      serverId: replica.serverId || null
    })
  )
  return [...sources, ...withDumpHosts(survey, registered)].slice(0, most)
}

/** A replica that does not say where it is (no report_host) comes from one of the dump threads’ hosts. */
const withDumpHosts = (survey: ServerSurvey, registered: readonly Mention[]): Mention[] => {
  const named = new Set(registered.map((mention) => mention.host).filter((host) => host !== ''))
  const nameless = registered.filter((mention) => mention.host === '')
  // Names and addresses of the same hosts cannot be told apart: as many threads as names mean the same servers.
  if (nameless.length === 0 && survey.dumpThreads.length <= registered.length) return [...registered]
  const free = survey.dumpThreads.filter(({ host }) => host !== '' && !named.has(host))
  const hosts = [...new Set(free.map(({ host }) => host))]
  const [onlyHost] = hosts
  if (nameless.length === 1 && hosts.length === 1 && onlyHost !== undefined && !isTunnelEnd(onlyHost))
    return registered.map((mention) => (mention.host === '' ? { ...mention, host: onlyHost, guessed: true } : mention))
  const ports = [...new Set(nameless.map((mention) => mention.port).filter((port) => port > 0))]
  const guesses = hosts
    .filter((host) => !isTunnelEnd(host))
    .flatMap((host) => (ports.length > 0 ? ports : [survey.identity.port]).map((port) => ({ host, port })))
  return [
    ...registered,
    ...guesses.map(
      ({ host, port }): Mention => ({
        by: survey.identity.key,
        as: 'replica',
        asked: 'SHOW PROCESSLIST',
        channel: null,
        host,
        port,
        guessed: true,
        uuid: null,
        serverId: null
      })
    )
  ]
}
