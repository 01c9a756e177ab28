import type { Flavour, LinkStatus, ServerSurvey } from '../../shared/server'
import type { LinkState } from '../../shared/topology'

/** Servers by what links call them: a fleet is not searched through for each of its links. */
export interface SurveyIndex {
  byServer: ReadonlyMap<string, ServerSurvey>
  byUuid: ReadonlyMap<string, readonly ServerSurvey[]>
  /** By `serverIdKey`. */
  byServerId: ReadonlyMap<string, readonly ServerSurvey[]>
}

const serverIdKey = (flavour: Flavour, serverId: number): string => `${flavour} ${serverId}`

/** What `sourceOf` looks in. */
export const surveyIndex = (surveys: readonly ServerSurvey[]): SurveyIndex => {
  const byUuid = new Map<string, ServerSurvey[]>()
  const byServerId = new Map<string, ServerSurvey[]>()
  const put = (map: Map<string, ServerSurvey[]>, key: string, survey: ServerSurvey) => {
    const list = map.get(key)
    if (list) list.push(survey)
    else map.set(key, [survey])
  }
  for (const survey of surveys) {
    const { uuid, flavour, serverId } = survey.identity
    if (uuid !== null) put(byUuid, uuid, survey)
    put(byServerId, serverIdKey(flavour, serverId), survey)
  }
  return { byServer: new Map(surveys.map((survey) => [survey.server, survey])), byUuid, byServerId }
}

/**
 * The server of the move that a link reads from: by uuid, or by MariaDB's server id when exactly one server has it;
 * never by address, because two names can lead to one server. null: a server that is not part of the move.
 */
export const sourceOf = (link: LinkStatus, replica: ServerSurvey, index: SurveyIndex): ServerSurvey | null => {
  const { key, flavour } = replica.identity
  const others = (surveys: readonly ServerSurvey[] = []) => surveys.filter((survey) => survey.identity.key !== key)
  if (link.sourceUuid) return others(index.byUuid.get(link.sourceUuid.toLowerCase()))[0] ?? null
  if (link.sourceServerId === 0) return null
  const named = others(index.byServerId.get(serverIdKey(flavour, link.sourceServerId)))
  return named.length === 1 ? (named[0] ?? null) : null
}

/** True when the link has never reached its source, so that its identity is not known. */
export const isUnidentified = (link: LinkStatus): boolean => !link.sourceUuid && link.sourceServerId === 0

/** One word for a link; errors outweigh threads, threads outweigh lag. */
export const linkStateOf = (link: LinkStatus, lagSeconds: number | null, lagLimitSeconds: number): LinkState => {
  if (link.applierError || (link.receiverError && link.receiver === 'stopped')) return 'broken'
  if (link.receiver === 'stopped' || link.applier === 'stopped') return 'stopped'
  if (link.receiver === 'connecting' || link.applier === 'connecting') return 'connecting'
  return lagSeconds !== null && lagSeconds > lagLimitSeconds ? 'lagging' : 'running'
}
