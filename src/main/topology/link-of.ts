import type { LinkStatus, ServerSurvey } from '../../shared/server'
import type { LinkState } from '../../shared/topology'

/**
 * The server of the move that a link reads from: by uuid, or by MariaDB's server id when exactly one server has it;
 * never by address, because two names can lead to one server. null: a server that is not part of the move.
 */
export const sourceOf = (
  link: LinkStatus,
  replica: ServerSurvey,
  surveys: readonly ServerSurvey[]
): ServerSurvey | null => {
  const others = surveys.filter((survey) => survey.identity.key !== replica.identity.key)
  if (link.sourceUuid) return others.find((survey) => survey.identity.uuid === link.sourceUuid?.toLowerCase()) ?? null
  if (link.sourceServerId === 0) return null
  const named = others.filter(
    (survey) => survey.identity.serverId === link.sourceServerId && survey.identity.flavour === replica.identity.flavour
  )
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
