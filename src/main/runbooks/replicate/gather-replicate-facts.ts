import { type Failure, failureOf } from '../../../shared/failure'
import { databaseSecret } from '../../../shared/secret'
import { collationsOf, collationsStatement, unknownTo } from '../../mysql/collations'
import { linkStatusOf } from '../../mysql/replica-status'
import { statementsFor } from '../../mysql/statements'
import { wayBackWarnings } from '../../mysql/way-back'
import { isOn, numberOf } from '../../mysql/words'
import type { Reach } from '../../reach/reach'
import { limitsSaid, readLimits } from '../limits-said'
import { reachableAt } from '../link/link-facts'
import { bridgeOf, type PairEnd, type Prepare, pairOf } from '../link/pair'
import { channelOf, type ReplicateEnd, type ReplicateFacts } from './replicate-facts'

/** Reads what the co-masters are made from, on both servers and through the bridge. */
export const gatherReplicateFacts = async ({ reach, move }: Prepare): Promise<ReplicateFacts> => {
  const pair = pairOf(move)
  const bridge = bridgeOf(move)
  const blockers: Failure[] = []
  const oldAt = reachableAt(bridge.oldAt)
  const newAt = reachableAt(bridge.newAt)
  const [old, fresh] = await Promise.all([
    gatherEnd(reach, pair.old, pair.new, oldAt, blockers),
    gatherEnd(reach, pair.new, pair.old, newAt, blockers)
  ])
  if (old.can.identity.key === fresh.can.identity.key)
    blockers.push({
      kind: 'identity',
      what: 'Both ends of the pair are the same server.',
      try: ['On Sites, check the addresses of both database servers.']
    })
  if (old.can.identity.serverId === fresh.can.identity.serverId)
    blockers.push({
      kind: 'conflict',
      what: `Both servers have server_id ${old.can.identity.serverId}.`,
      why: 'Each would take the other’s transactions for its own and skip them.',
      try: [`Give ${fresh.name} another server_id in its my.cnf and restart it.`]
    })
  const seeded = await seededOrWhy(reach, old, fresh)
  if (seeded) blockers.push(seeded)
  const limits = await Promise.all(
    [old, fresh].map(async (end) => limitsSaid(end.name, await readLimits(reach, end.id)))
  )
  blockers.push(...limits.flatMap((said) => said.blockers))
  const warnings = [
    ...limits.flatMap((said) => said.warnings),
    ...wayBackWarnings(
      { old: old.name, new: fresh.name },
      old.can.identity,
      fresh.can.identity,
      await unknownOnTheWayBack(reach, old, fresh)
    ),
    `auto_increment_increment becomes 2 on both servers. Connections that are open already keep their old value until they reconnect; while one side only takes writes that is harmless.`
  ]
  if (old.otherLinks) warnings.push(`${old.name} has ${old.otherLinks} more link(s); they are left alone.`)
  return { moveId: move.id, old, new: fresh, blockers, warnings }
}

/** Collations with which the new server works and which the old one would stop at. */
const unknownOnTheWayBack = async (reach: Reach, old: ReplicateEnd, fresh: ReplicateEnd): Promise<string[]> => {
  const [here, there] = await Promise.all(
    [old, fresh].map(async (end) =>
      collationsOf(await (await reach.session(end.id, 'operate')).query(collationsStatement))
    )
  )
  return here && there ? unknownTo(here, [there.session, there.server]) : []
}

const gatherEnd = async (
  reach: Reach,
  end: PairEnd,
  from: PairEnd,
  at: { host: string; port: number },
  blockers: Failure[]
): Promise<ReplicateEnd> => {
  const can = await reach.capabilities(end.id)
  const session = await reach.session(end.id, 'operate')
  const [log] = await session.query('SELECT @@global.log_bin AS log_bin')
  if (!isOn(log?.log_bin))
    blockers.push({
      kind: 'invalid',
      what: `${end.name} writes no binary log.`,
      where: end.name,
      try: ['Set log_bin in its my.cnf and restart it.']
    })
  const links = (await session.query(statementsFor(can).showLinks())).map(linkStatusOf)
  const own = links.find((link) => link.channel === channelOf(can))
  if (own?.sourceHost)
    blockers.push({
      kind: 'conflict',
      what: `${end.name} replicates already from ${own.sourceHost}:${own.sourcePort}.`,
      where: end.name,
      try: ['Nothing needs to be done when that is the bridge. Otherwise undo the earlier run or remove that link.']
    })
  // on the host itself our own sessions come from the same address as the bridge's
  const bridgeWord = "SELECT SUBSTRING_INDEX(USER(), '@', -1) AS host"
  let bridgeHost = (end.database.via === 'ssh' && (await session.query(bridgeWord))[0]?.host) || '%'
  try {
    const account = { user: end.database.user, secret: databaseSecret(end.id) }
    const through = await reach.sessionThrough(from.id, at, account, 'bridge')
    try {
      bridgeHost = (await through.query(bridgeWord))[0]?.host || bridgeHost
    } finally {
      await through.close()
    }
  } catch (error) {
    const { what, why } = failureOf(error)
    blockers.push({
      kind: 'unreachable',
      what: `${end.name} does not answer at ${at.host}:${at.port} of ${from.name}: the bridge does not carry.`,
      why: [what, why].filter(Boolean).join(' '),
      try: ['Build the bridge first, or restart it.']
    })
  }
  return { ...end, can, bridgeHost, at, otherLinks: links.filter((link) => link !== own).length }
}

/** Null when the new server holds a position from which the old one can still serve. */
const seededOrWhy = async (reach: Reach, old: ReplicateEnd, fresh: ReplicateEnd): Promise<Failure | null> => {
  const position = async (end: ReplicateEnd) =>
    (await (await reach.session(end.id, 'operate')).query(statementsFor(end.can).position()))[0]
  const [from, to] = await Promise.all([position(old), position(fresh)])
  const missing = (why: string): Failure => ({
    kind: 'invalid',
    what: `${fresh.name} does not hold a copy that ${old.name} can go on from.`,
    where: fresh.name,
    why,
    try: ['Seed the new server first.']
  })
  if (fresh.can.flavour === 'mariadb')
    return to?.replica_pos || !from?.executed ? null : missing('Its gtid_slave_pos is empty.')
  const held = (to?.executed ?? '').replace(/\s+/g, '')
  if (held === '' && from?.executed) return missing('Its gtid_executed is empty.')
  const [row] = await (await reach.session(old.id, 'operate')).query(
    'SELECT GTID_SUBSET(@@global.gtid_purged, ?) AS served, GTID_SUBTRACT(?, @@global.gtid_executed) AS errant',
    [held, held]
  )
  if (numberOf(row?.served) !== 1) return missing(`${old.name} has already purged transactions that it lacks.`)
  return row?.errant ? errant(fresh, row.errant) : null
}

const errant = (fresh: ReplicateEnd, set: string): Failure => ({
  kind: 'conflict',
  what: `${fresh.name} holds transactions of its own.`,
  where: fresh.name,
  why: `${set.replace(/\s+/g, '')} would travel to the old server over the reverse link.`,
  try: ['Seed the new server again.']
})
