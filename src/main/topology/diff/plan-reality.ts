import { databasePair, type Move, serverOf } from '../../../shared/move'
import type { Topology } from '../../../shared/topology'
import type { Difference, UntoldPart } from '../../../shared/topology-diff'
import { compareVersions } from '../../mysql/judge-version'
import { wayBackWords } from '../../mysql/way-back'
import { comparePictures } from './compare-pictures'
import { makeDifference } from './make-difference'
import { plannedTopology } from './planned-topology'

export interface ComparedPlan {
  differences: Difference[]
  untold: UntoldPart[]
  planned: Topology
  /** The new site takes writes already: what still differs is not as planned. */
  isMoved: boolean
}

/** What the picture will be after the cutover, against what it is now. Pure. */
export const comparePlan = (move: Move, now: Topology): ComparedPlan => {
  const planned = plannedTopology(move, now)
  const pair = databasePair(move)
  if (!pair) {
    const why = 'The move has no pair of databases: what takes writes afterwards is not said.'
    return { planned, isMoved: false, differences: [], untold: [{ server: '', part: 'plan', why }] }
  }
  const isMoved = now.active === pair.new.id
  const untold = [pair.old, pair.new].flatMap(({ id }) => {
    const node = now.nodes.find((one) => one.server === id)
    return node?.survey && !node.failure
      ? []
      : [{ server: id, part: 'role', why: node?.failure?.failure.what ?? 'It was not asked yet.' }]
  })
  if (move.bridge && now.bridge.kind === 'unknown')
    untold.push({ server: '', part: 'bridge', why: now.bridge.detail || 'It was not asked yet.' })
  for (const domain of move.domains)
    if (
      !now.domains.some((state) => state.name === domain.name && state.answers.some((answer) => answer.values.length))
    )
      untold.push({ server: '', part: `DNS of ${domain.name}`, why: 'No name server has answered yet.' })
  const differences = comparePictures(now, planned).differences.map((one) => judged(one, move, isMoved))
  return {
    planned,
    isMoved,
    untold,
    differences: [...withWays(differences, pair, { now, planned, isMoved }), ...notInPlan(move, now)]
  }
}

/** What the two servers' families and versions mean for the links of the plan: the picture would draw both as if they held. */
const withWays = (
  differences: Difference[],
  pair: DatabasePair,
  { now, planned, isMoved }: Pick<ComparedPlan, 'planned' | 'isMoved'> & { now: Topology }
): Difference[] => {
  const identityOf = (id: string) => now.nodes.find((node) => node.server === id)?.survey?.identity
  const [old, fresh] = [identityOf(pair.old.id), identityOf(pair.new.id)]
  if (!old || !fresh) return differences
  if (old.flavour !== fresh.flavour)
    return [
      ...differences,
      makeDifference({
        ...{ area: 'link', name: `${pair.old.id} → ${pair.new.id}`, what: 'family', server: pair.new.id },
        ...{ old: familyWords[old.flavour], new: familyWords[fresh.flavour], consequence: 'stops' },
        why: 'Their transaction ids do not understand each other: neither can follow the other, so the plan has no link between them.'
      })
    ]
  if (compareVersions(old, fresh) !== 'newer') return differences
  const back = `${pair.new.id} → ${pair.old.id}`
  const words = wayBackWords(pair.old.name)
  const told = differences.map((one) =>
    one.area === 'link' && one.name === back ? { ...one, why: `${one.why} ${words}` } : one
  )
  // Once it has happened, a link back that runs is what was wanted.
  if (isMoved || told.some((one) => one.area === 'link' && one.name === back)) return told
  const link = planned.links.find(({ source, replica }) => source === pair.new.id && replica === pair.old.id)
  const risk = makeDifference({
    ...{ area: 'link', name: back, what: 'way back', server: pair.old.id, mark: link?.id ?? pair.old.id },
    ...{ old: 'runs now', new: 'not promised afterwards', consequence: 'other', why: words }
  })
  return [...told, risk]
}

const familyWords = { mysql: 'MySQL', mariadb: 'MariaDB' } as const
type DatabasePair = NonNullable<ReturnType<typeof databasePair>>

/** Before the cutover, what it will do by itself is expected; what has to stand by then is not. */
const judged = (difference: Difference, move: Move, isMoved: boolean): Difference => {
  const as = (consequence: Difference['consequence'], why: string): Difference => ({ ...difference, consequence, why })
  switch (difference.area) {
    case 'server': {
      if (difference.what !== 'database') {
        return isMoved
          ? as('stops', 'After the cutover this server should have the other role.')
          : as('expected', 'The cutover does this.')
      }
      const host = serverOf(move, difference.name)?.server
      if (isMoved) return as('stops', 'This host still uses the old database, where its writes are refused.')
      return host && host.redirect.kind === 'file'
        ? as('expected', 'The cutover redirects it.')
        : host?.redirect.kind === 'manual'
          ? as('other', 'Somebody has to redirect it by hand while the cutover runs.')
          : as('answers', 'Nobody redirects this host: its writes are refused from the seal until somebody does.')
    }
    case 'dns': {
      const domain = move.domains.find((one) => one.name === difference.name)
      if (isMoved) return as('answers', 'Visitors are still sent to the old web servers by some name server.')
      return domain?.update.kind === 'rfc2136'
        ? as('expected', 'The cutover changes it.')
        : as('other', 'Somebody has to change it by hand while the cutover runs.')
    }
    case 'link':
      return as(
        'stops',
        isMoved
          ? 'Without this link there is no way back, or the old site falls behind.'
          : 'The cutover needs this link to run: build it on station Replicate.'
      )
    case 'bridge':
      return as(
        'stops',
        isMoved ? 'The old site reaches the new database through it.' : 'The cutover needs the bridge.'
      )
    default:
      return difference
  }
}

/** Writers that the plan does not speak of, but that will be there. */
const notInPlan = (move: Move, now: Topology): Difference[] => {
  const pair = databasePair(move)
  if (!pair) return []
  const writers = now.writable.filter((id) => id !== pair.old.id && id !== pair.new.id)
  return writers.map((id) =>
    makeDifference({
      area: 'server',
      name: id,
      what: 'role',
      server: id,
      sign: 'changed',
      old: 'takes writes',
      new: 'not in the plan',
      consequence: 'answers',
      why: 'It takes writes beside the pair; the cutover does not close it.'
    })
  )
}
