import { type Discovery, type FoundAddress, type FoundServer, isUnreached, type Sighting } from '../../shared/discovery'
import type { ServerIdentity } from '../../shared/server'
import type { Crawl, Target } from './crawl'
import { fillFor } from './fill-for'
import { linksOf } from './links-of'
import { isAddress, isLoopback, type Mention, mentionsOf } from './mentions'
import { notesOn } from './notes-on'
import { type Meant, meantBy, nodeOf, type Told } from './resolve'
import { onCircle, rolesOf } from './roles'

/** What a person is shown of a crawl. Pure. */
export const discoveryOf = (crawl: Crawl): Discovery => {
  const told: Told[] = [...crawl.surveys.values()]
    .flatMap(({ survey }) => mentionsOf(survey))
    .map((mention) => ({ mention, meant: meantBy(crawl, mention) }))
  const servers = new Map<string, FoundServer>()
  for (const [key, { survey, depth }] of crawl.surveys) servers.set(key, answeredServer(crawl, key, survey, depth))
  for (const target of crawl.targets.values())
    if (target.server !== null && target.answers.length === 0) servers.set(target.id, unansweredSeed(crawl, target))
  for (const { mention, meant } of told) {
    const node = nodeOf(meant)
    const found = servers.get(node) ?? heardOf(crawl, node, mention)
    servers.set(node, withSighting(crawl, found, mention, meant))
  }
  const links = linksOf(crawl, told)
  const roles = rolesOf([...servers.keys()], links)
  const circle = onCircle([...servers.keys()], links)
  const list = [...servers.values()].map((found) => {
    const notes = notesOn(found, { crawl, told, links, circle, nameOf: (id) => servers.get(id)?.name ?? id })
    const role = found.identity ? (roles.get(found.id) ?? 'alone') : ('not-asked' as const)
    const server = found.server ?? crawl.knownAs.get(found.id) ?? null
    return { ...found, server, role, notes, fill: fillFor(found) }
  })
  const unreached = new Set(list.filter(isUnreached).map(({ id }) => id))
  const states = list.flatMap(({ addresses }) => addresses.map(({ state }) => state.kind))
  return {
    startedAt: crawl.startedAt,
    at: crawl.at,
    seeds: crawl.chosen,
    busy: states.filter((kind) => kind === 'waiting' || kind === 'asking').length,
    proposed: states.filter((kind) => kind === 'proposed').length,
    servers: list.map((found) => orphaned(found, links, unreached, list)),
    links,
    leftOut: leftOutWords(crawl)
  }
}

const blank = (id: string, name: string): FoundServer => ({
  id,
  server: null,
  name,
  identity: null,
  told: { uuid: null, serverId: null },
  addresses: [],
  role: 'not-asked',
  readOnly: null,
  depth: 0,
  notes: [],
  fill: []
})

const addressOf = (crawl: Crawl, target: Target): FoundAddress => ({
  id: target.id,
  host: target.host,
  port: target.port,
  like: target.like,
  user: crawl.seeds.find((seed) => seed.server === target.like)?.user ?? '',
  guessed: target.guessed,
  seenBy: [],
  state: target.state
})

const placeName = ({ hostname, port }: ServerIdentity): string =>
  port === 3306 || hostname === '' ? hostname || `port ${port}` : `${hostname}:${port}`

const answeredServer = (
  crawl: Crawl,
  key: string,
  survey: { identity: ServerIdentity; readOnly: boolean },
  depth: number
): FoundServer => {
  const targets = [...crawl.targets.values()].filter((target) => target.answers.at(-1)?.key === key)
  const server = targets.find((target) => target.server !== null)?.server ?? crawl.knownAs.get(key) ?? null
  const { key: _key, versionNumbers: _numbers, ...identity } = survey.identity
  const name = crawl.seeds.find((seed) => seed.server === server)?.name ?? placeName(survey.identity)
  return {
    ...blank(key, name),
    server,
    identity,
    told: { uuid: identity.uuid, serverId: identity.serverId },
    addresses: targets.map((target) => addressOf(crawl, target)),
    readOnly: survey.readOnly,
    depth
  }
}

const unansweredSeed = (crawl: Crawl, target: Target): FoundServer => {
  const name = crawl.seeds.find((seed) => seed.server === target.server)?.name ?? target.server ?? ''
  return { ...blank(target.id, name), server: target.server, addresses: [addressOf(crawl, target)] }
}

const heardOf = (crawl: Crawl, node: string, mention: Mention): FoundServer => {
  const server = mention.uuid === null ? undefined : crawl.knownAs.get(mention.uuid)
  const known = crawl.seeds.find((seed) => seed.server === server)
  const place = known?.name ?? (mention.host === '' ? null : `${mention.host}:${mention.port}`)
  const name = place ?? (mention.serverId === null ? 'a server without a name' : `server id ${mention.serverId}`)
  return { ...blank(node, name), server: server ?? null, depth: (crawl.surveys.get(mention.by)?.depth ?? 0) + 1 }
}

const sameSighting = (a: Sighting, b: Sighting): boolean => a.by === b.by && a.as === b.as && a.channel === b.channel

const withSighting = (crawl: Crawl, found: FoundServer, mention: Mention, meant: Meant): FoundServer => {
  const { by, as, asked, channel } = mention
  const sighting: Sighting = { by, as, asked, channel }
  const told = {
    uuid: found.told.uuid ?? mention.uuid,
    serverId: found.told.serverId ?? mention.serverId
  }
  const target = placeOf(crawl, mention, meant)
  const known = found.addresses.find((address) => address.id === target.id)
  const address = known ?? target
  const seenBy = address.seenBy.some((one) => sameSighting(one, sighting))
    ? address.seenBy
    : [...address.seenBy, sighting]
  const addresses = known
    ? found.addresses.map((one) => (one.id === target.id ? { ...one, seenBy } : one))
    : [...found.addresses, { ...target, seenBy }]
  return { ...found, told, addresses }
}

const whyHidden = (crawl: Crawl, mention: Mention, meant: Meant): string => {
  if (mention.host === '') return 'It does not say where it is (report_host is empty).'
  if (meant.kind === 'known') return 'Known by its identity: nobody has to ask here.'
  if (meant.otherThere !== null) return 'Another server answers here.'
  if (isLoopback(mention.host))
    return 'It comes through a tunnel or NAT: the address means the other server’s own host.'
  if (!isAddress(mention)) return 'This is not a host name or address.'
  return crawl.leftOut.tooDeep.size + crawl.leftOut.tooMany.size > 0 ? 'Left out: see below.' : 'Not asked.'
}

/** The address a mention names: a place to ask at, or why nobody can. */
const placeOf = (crawl: Crawl, mention: Mention, meant: Meant): FoundAddress => {
  const id = addressIdOf(crawl, mention, meant)
  const target = id === null ? undefined : crawl.targets.get(id)
  if (target) return addressOf(crawl, target)
  const teller = crawl.surveys.get(mention.by)
  return {
    id: `${mention.by} ${mention.host} ${mention.port}`,
    host: mention.host,
    port: mention.port,
    like: teller?.like ?? '',
    user: '',
    guessed: mention.guessed,
    seenBy: [],
    state: { kind: 'hidden', why: whyHidden(crawl, mention, meant) }
  }
}

const addressIdOf = (crawl: Crawl, mention: Mention, meant: Meant): string | null => {
  if (meant.kind === 'unknown') return meant.otherThere === null ? meant.target : null
  const teller = crawl.surveys.get(mention.by)
  const id = teller && `${teller.like} ${mention.host.toLowerCase()} ${mention.port}`
  const there = id ? crawl.targets.get(id) : undefined
  // An address where another server answers is that one’s.
  const answer = there?.answers.at(-1)?.key
  return there && (answer === undefined || answer === meant.key) ? there.id : null
}

/** A replica whose source nobody has reached. */
const orphaned = (
  found: FoundServer,
  links: Discovery['links'],
  unreached: ReadonlySet<string>,
  all: readonly FoundServer[]
): FoundServer => {
  if (!found.identity) return found
  const lost = links.filter((link) => link.replica === found.id && unreached.has(link.source))
  const names = lost.map((link) => all.find(({ id }) => id === link.source)?.name ?? link.source)
  if (names.length === 0) return found
  const text = `Follows ${names.join(' and ')}, which nobody here has reached.`
  return { ...found, notes: [...found.notes, { tone: 'attention', kind: 'orphaned', text }] }
}

const leftOutWords = ({ leftOut, bounds }: Crawl): string[] => {
  const { tooMany, tooDeep, late } = leftOut
  const addresses = (count: number): string => (count === 1 ? 'One address is' : `${count} addresses are`)
  return [
    ...(tooMany.size > 0 ? [`${addresses(tooMany.size)} left out: ${bounds.servers} are the most in one search.`] : []),
    ...(tooDeep.size > 0
      ? [`${addresses(tooDeep.size)} left out: more than ${bounds.depth} links away from where the search began.`]
      : []),
    ...(late > 0 ? [`${addresses(late)} not asked: the time was up. Ask again to go on.`] : [])
  ]
}
