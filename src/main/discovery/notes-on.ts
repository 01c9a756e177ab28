import type { FoundLink, FoundNote, FoundServer } from '../../shared/discovery'
import type { Crawl } from './crawl'
import { nodeOf, type Told } from './resolve'

interface Around {
  crawl: Crawl
  told: readonly Told[]
  links: readonly FoundLink[]
  circle: ReadonlyMap<string, string[]>
  nameOf(id: string): string
}

const info = (kind: FoundNote['kind'], text: string): FoundNote => ({ tone: 'info', kind, text })
const attention = (kind: FoundNote['kind'], text: string): FoundNote => ({ tone: 'attention', kind, text })

const few = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')

/** Everything a person should know of one found server beside its columns. */
export const notesOn = (found: FoundServer, around: Around): FoundNote[] => {
  const notes = [...identityNotes(found, around), ...linkNotes(found, around), ...answerNotes(found, around)]
  // Several channels or replicas of one server say the same of it.
  return [...new Map(notes.map((note) => [note.text, note])).values()]
}

const identityNotes = (found: FoundServer, { crawl, told, nameOf }: Around): FoundNote[] => {
  const notes: FoundNote[] = []
  for (const target of crawl.targets.values()) {
    const last = target.answers.at(-1)
    const before = target.answers.at(-2)
    if (!last || !before) continue
    const place = target.server === null ? `${target.host}:${target.port}` : nameOf(last.key)
    if (last.key === found.id)
      notes.push(attention('changed-identity', `At ${place} another server answered before: ${nameOf(before.key)}.`))
    else if (before.key === found.id)
      notes.push(attention('changed-identity', `No longer answers at ${place}: there ${nameOf(last.key)} does now.`))
  }
  const twin = crawl.twins.get(found.id)
  if (twin !== undefined)
    notes.push(
      attention('same-uuid', `Two machines answer with this server_uuid (also ${twin}): a copied data directory.`)
    )
  const answered = found.addresses.filter(({ state }) => state.kind === 'answered')
  if (answered.length > 1)
    notes.push(
      info('several-addresses', `Answers at ${answered.map(({ host, port }) => `${host}:${port}`).join(' and ')}.`)
    )
  if (found.identity) {
    const same = [...crawl.surveys.values()].filter(
      ({ survey }) => survey.identity.key !== found.id && survey.identity.serverId === found.identity?.serverId
    )
    if (same.length > 0)
      notes.push(
        attention(
          'same-server-id',
          `Has the same server id (${found.identity.serverId}) as ${few(same.map(({ survey }) => nameOf(survey.identity.key)))}: one cannot follow the other.`
        )
      )
  }
  for (const { mention, meant } of told) {
    if (meant.kind === 'unknown' && meant.node === found.id && meant.otherThere !== null)
      notes.push(
        attention(
          'other-server-there',
          `${nameOf(mention.by)} means it at ${mention.host}:${mention.port}, but there ${nameOf(meant.otherThere)} answers.`
        )
      )
    if (meant.kind === 'known' && meant.key === found.id && meant.by === 'server-id')
      notes.push(
        info(
          'by-server-id',
          `Taken for the one ${nameOf(mention.by)} means, by its server id ${mention.serverId} alone.`
        )
      )
  }
  return notes
}

const linkNotes = (found: FoundServer, { told, links, circle, nameOf }: Around): FoundNote[] => {
  const notes: FoundNote[] = []
  const others = circle.get(found.id)
  if (others) notes.push(info('circular', `Replicates in a circle with ${few(others.map(nameOf))}.`))
  const follows = links.filter((link) => link.replica === found.id && link.state !== 'told')
  if (follows.length > 1) notes.push(info('multi-source', `Follows ${follows.length} sources, one channel each.`))
  if (found.identity)
    for (const { mention, meant } of told) {
      if (mention.as !== 'replica' || nodeOf(meant) !== found.id || mention.guessed) continue
      if (!links.some((link) => link.source === mention.by && link.replica === found.id))
        notes.push(
          attention('not-following', `${nameOf(mention.by)} lists it as its replica, but it does not follow it.`)
        )
    }
  return notes
}

const answerNotes = (found: FoundServer, { crawl }: Around): FoundNote[] => {
  const survey = crawl.surveys.get(found.id)?.survey
  if (!survey) return []
  return [
    ...(survey.untold ?? []).map(({ asked, why }) => attention('half-answered', `Did not answer “${asked}”: ${why}`)),
    ...(survey.limits ?? []).map(({ name, instead }) => attention('limited', `It is ${name}. ${instead}`))
  ]
}
