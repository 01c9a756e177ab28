import { type Failure, failureOf } from '../../../shared/failure'
import type { JournalEntry } from '../../../shared/journal'
import type { SiteSide } from '../../../shared/move'
import type { SettingsBefore } from '../../../shared/snapshots'
import { quoteText } from '../../mysql/identifiers'
import { linkStatusOf } from '../../mysql/replica-status'
import { statementsFor } from '../../mysql/statements'
import { isOn, numberOf } from '../../mysql/words'
import type { Reach } from '../../reach/reach'
import { gatherLinkFacts } from '../link/gather-link-facts'
import type { LinkFacts } from '../link/link-facts'
import { type Pair, type PairEnd, type Prepare, pairOf } from '../link/pair'
import { canaryAccount, channelOf, replicationAccount } from '../replicate/replicate-facts'
import { lookBehindBridge, stillNeeded } from './behind-bridge'
import { userWords } from './bridge-users'
import { type BehindBridge, type FinishEnd, type FinishFacts, passiveSide } from './finish-facts'
import { roleLine } from './keep-roles'
import { restartRole } from './restart-role'
import { settingsInJournal } from './settings-in-journal'

export interface PrepareFinish extends Prepare {
  /** Hosts that a person has declared retired. */
  retired?: readonly string[]
  entries?: readonly JournalEntry[]
}

/** Reads what Siteswap has left on the servers, who takes writes, and who still needs the bridge. */
export const gatherFinishFacts = async (prepare: PrepareFinish): Promise<FinishFacts> => {
  const { reach, move, retired = [], entries = [] } = prepare
  const blockers: Failure[] = []
  const warnings: string[] = []
  const [old, fresh] = await gatherBoth(reach, pairOf(move), entries)
  const active: SiteSide = fresh.readOnly ? 'old' : 'new'
  const side = passiveSide({ active })
  const [passive, taking] = side === 'old' ? [old, fresh] : [fresh, old]
  if (old.readOnly === fresh.readOnly)
    blockers.push({
      kind: 'conflict',
      what: old.readOnly ? 'Neither server takes writes.' : 'Both servers take writes.',
      try: ['Make exactly one of them the active one before the links are removed.']
    })
  const { link, hostsGone } = await linkOf(prepare, passive.gone ? side : null)
  const look = async (server: string, command: string, deadlineMs = 10_000) =>
    (await reach.ssh(server)).exec(command, { deadlineMs })
  const behind: BehindBridge = hostsGone.includes(side)
    ? { kind: 'seen', users: [] }
    : await lookBehindBridge(look, { move, link, passive, side })
  const names = { site: move[side].name, database: taking.name }
  for (const blocker of [goneOf(passive, retired), neededOf(behind, retired, names)])
    if (blocker) blockers.push(blocker)
  if (active === 'old') warnings.push('The old server still takes the writes: this ends the move without a cutover.')
  for (const line of [passive.gone ? null : roleLine(passive, true), roleLine(taking, false)])
    if (line) warnings.push(line)
  warnings.push(`After this there is no way back by Reverse: ${passive.name} no longer follows.`)
  if (passive.gone) warnings.push(`What Siteswap made on ${passive.name} stays there.`)
  if (retired.some((id) => id !== passive.id))
    warnings.push('Hosts said to be retired lose their database when the bridge is taken down.')
  return {
    moveId: move.id,
    move,
    old,
    new: fresh,
    active,
    link,
    hostsGone,
    behind,
    retired: [...retired],
    blockers,
    warnings
  }
}

/** Both ends; one that does not answer is no obstacle as long as the other one takes writes. */
const gatherBoth = async (
  reach: Reach,
  pair: Pair,
  entries: readonly JournalEntry[]
): Promise<[old: FinishEnd, fresh: FinishEnd]> => {
  const [old, fresh] = await Promise.allSettled([
    gatherEnd(reach, pair.old, settingsInJournal(entries, 'old')),
    gatherEnd(reach, pair.new, settingsInJournal(entries, 'new'))
  ])
  const goneEnd = (end: PairEnd, other: FinishEnd, error: unknown): FinishEnd => {
    const failure = failureOf(error)
    if (other.readOnly || !lost.has(failure.kind)) throw error
    return { ...other, ...end, ...nothingSeen, gone: failure }
  }
  if (old.status === 'fulfilled')
    return [old.value, fresh.status === 'fulfilled' ? fresh.value : goneEnd(pair.new, old.value, fresh.reason)]
  if (fresh.status === 'fulfilled') return [goneEnd(pair.old, fresh.value, old.reason), fresh.value]
  throw fresh.reason
}

/** Only silence makes a server count as gone: one that answers with a refusal is there. */
const lost: ReadonlySet<Failure['kind']> = new Set(['unreachable', 'timeout', 'refused'])
const nothingSeen = { linked: false, linkRuns: false, readOnly: true, accounts: [], schema: false, before: null }

/** What is known of the bridge; the host of a database that is gone may be there still. */
const linkOf = async (
  prepare: Prepare,
  goneSide: SiteSide | null
): Promise<{ link: LinkFacts | null; hostsGone: SiteSide[] }> => {
  if (!prepare.move.bridge) return { link: null, hostsGone: [] }
  try {
    return { link: await gatherLinkFacts(prepare), hostsGone: [] }
  } catch (error) {
    if (!goneSide) throw error
    return { link: await gatherLinkFacts(prepare, [goneSide]), hostsGone: [goneSide] }
  }
}

/** A server that does not answer is left as it is only when somebody says that it is retired. */
const goneOf = (passive: FinishEnd, retired: readonly string[]): Failure | null =>
  passive.gone && !retired.includes(passive.id)
    ? {
        ...passive.gone,
        what: `${passive.name} does not answer: what Siteswap made there cannot be taken away.`,
        where: passive.name,
        why: passive.gone.what,
        try: ['Bring it back, then ask again.', 'Or say that it is retired: then all of that stays there.']
      }
    : null

/** Why the bridge may not be taken down yet, with the hosts by name. */
const neededOf = (
  behind: BehindBridge,
  retired: readonly string[],
  names: { site: string; database: string }
): Failure | null => {
  if (behind.kind === 'unknown')
    return {
      kind: 'conflict',
      what: `Whether hosts of ${names.site} still use ${names.database} through the bridge cannot be told.`,
      where: 'bridge',
      why: behind.why,
      try: ['Mend that, then ask again: without the bridge such hosts would lose their database.']
    }
  const users = stillNeeded(behind, retired)
  if (users.length === 0) return null
  return {
    kind: 'conflict',
    what: `${users.length === 1 ? 'A host' : `${users.length} hosts`} of ${names.site} still use${users.length === 1 ? 's' : ''} ${names.database} through the bridge: ${users.map(userWords).join(', ')}.`,
    where: 'bridge',
    why: 'Without the bridge they would lose their database.',
    try: [
      `Stop their applications, or point them at ${names.database} by a way of their own; then ask again.`,
      'Or say that they are retired: then they are cut off.'
    ]
  }
}

const gatherEnd = async (reach: Reach, end: PairEnd, before: SettingsBefore | null): Promise<FinishEnd> => {
  const can = await reach.capabilities(end.id)
  const session = await reach.session(end.id, 'operate')
  const links = (await session.query(statementsFor(can).showLinks())).map(linkStatusOf)
  const own = links.find((link) => link.channel === channelOf(can) && link.sourceHost !== '')
  const [role] = await session.query(statementsFor(can).showReadOnly())
  const accounts = await session.query(
    `SELECT User AS user, Host AS host FROM mysql.user WHERE User IN (${[replicationAccount, canaryAccount].map(quoteText).join(', ')})`
  )
  const [schema] = await session.query(
    "SELECT COUNT(*) AS n FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'siteswap'"
  )
  return {
    ...end,
    can,
    linked: own !== undefined,
    linkRuns: own?.receiver === 'running' && own.applier === 'running',
    readOnly: isOn(role?.read_only),
    accounts: accounts.map((row) => ({ user: row.user ?? '', host: row.host ?? '' })),
    schema: numberOf(schema?.n) > 0,
    before,
    afterRestart: can.persist ? 'unknown' : await restartRole(reach, end),
    gone: null
  }
}
