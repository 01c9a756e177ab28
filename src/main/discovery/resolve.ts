import { type Crawl, targetOf } from './crawl'
import type { Mention } from './mentions'

/** Whom a mention means: one that has answered (and how that is known), or one that is known by hearsay only. */
export type Meant =
  | { kind: 'known'; key: string; by: 'uuid' | 'address' | 'server-id' }
  | { kind: 'unknown'; node: string; target: string | null; otherThere: string | null }

/** A mention with whom it means. */
export interface Told {
  mention: Mention
  meant: Meant
}

/** The found server that a mention means. */
export const nodeOf = (meant: Meant): string => (meant.kind === 'known' ? meant.key : meant.node)

/** By uuid; else by who answered at that address, unless it has another id than was said; else by a server id that one server has. */
export const meantBy = (crawl: Crawl, mention: Mention): Meant => {
  const { surveys, targets } = crawl
  if (mention.uuid !== null && surveys.has(mention.uuid)) return { kind: 'known', key: mention.uuid, by: 'uuid' }
  const target = targetOf(crawl, mention)
  const at = target === null ? undefined : targets.get(target)
  const there = at?.answers.at(-1)?.key
  const answer = there === undefined ? undefined : surveys.get(there)?.survey.identity
  const fits =
    answer !== undefined && mention.uuid === null && (mention.serverId === null || mention.serverId === answer.serverId)
  if (answer && fits) return { kind: 'known', key: answer.key, by: 'address' }
  if (mention.uuid === null && mention.serverId !== null) {
    const same = [...surveys.values()].filter(
      ({ survey }) => survey.identity.serverId === mention.serverId && survey.identity.key !== mention.by
    )
    const [only] = same
    if (same.length === 1 && only) return { kind: 'known', key: only.survey.identity.key, by: 'server-id' }
  }
  const otherThere = answer && !fits ? answer.key : null
  return { kind: 'unknown', node: unknownNode(mention, at ? target : null), target: at ? target : null, otherThere }
}

const unknownNode = (mention: Mention, target: string | null): string => {
  if (mention.uuid !== null) return `uuid ${mention.uuid}`
  if (target !== null && mention.serverId === null) return target
  if (target !== null) return `${target} ${mention.serverId}`
  return `of ${mention.by} ${mention.as} ${mention.serverId ?? `${mention.host} ${mention.port}`}`
}
