import { failureOf } from '../../shared/failure'
import type { LinkStatus } from '../../shared/server'
import { linkStatusOf } from '../mysql/replica-status'
import { statementsFor } from '../mysql/statements'
import { type CompareSession, isTransport } from './compare-session'
import { outstanding } from './outstanding'
import { otherSide, type Side } from './table-plan'

/** How the passive side follows the active one, as far as the servers tell. */
export type Following =
  /** Each change of the active side arrives; positions can be waited for. */
  | { kind: 'follows'; active: Side }
  /** No link between the two: they are compared as they stand. */
  | { kind: 'apart'; active: Side }
  /** A link exists but does not run, or cannot be asked: nothing that differs can be called drift. */
  | { kind: 'unknown'; active: Side; why: string }

export type Caught = { kind: 'caught' } | { kind: 'not'; why: string }

export type Sessions = Record<Side, CompareSession>

const waitSeconds = 10

/** Which side takes writes and whether the other follows it; asked on both servers. */
export const lookAtFollowing = async (sessions: Sessions): Promise<Following> => {
  const [oldReadOnly, newReadOnly, oldLinks, newLinks] = await Promise.all([
    readOnly(sessions.old),
    readOnly(sessions.new),
    linksOf(sessions.old),
    linksOf(sessions.new)
  ])
  return judgeFollowing(
    { server: sessions.old.server, readOnly: oldReadOnly, links: oldLinks, ...identityOf(sessions.old) },
    { server: sessions.new.server, readOnly: newReadOnly, links: newLinks, ...identityOf(sessions.new) }
  )
}

export interface SideFacts {
  server: string
  readOnly: boolean
  /** null: the server does not tell. */
  links: { links: LinkStatus[] } | { untold: string }
  uuid: string | null
  serverId: number
  gtid: boolean
}

/** Pure: the active side is the one that takes writes; when that does not tell, the one the other follows. */
export const judgeFollowing = (old: SideFacts, fresh: SideFacts): Following => {
  const active: Side =
    old.readOnly === fresh.readOnly
      ? !isFollower(fresh, old) && isFollower(old, fresh)
        ? 'new'
        : 'old'
      : old.readOnly
        ? 'new'
        : 'old'
  const [source, replica] = active === 'old' ? [old, fresh] : [fresh, old]
  if ('untold' in replica.links)
    return {
      kind: 'unknown',
      active,
      why: `${replica.server} does not tell its replication status: ${replica.links.untold}`
    }
  const { links } = replica.links
  const direct = links.find((link) => isFrom(link, source))
  // A replica further down the line can be waited for by GTID too.
  const link = direct ?? links[0]
  if (!link) return { kind: 'apart', active }
  if (link.applier !== 'running' || link.receiver !== 'running') {
    const words = link.applierError?.text ?? link.receiverError?.text
    return {
      kind: 'unknown',
      active,
      why: `replication to ${replica.server} does not run (receiver ${link.receiver}, applier ${link.applier}${words ? `: ${words}` : ''})`
    }
  }
  if (!direct && !replica.gtid)
    return { kind: 'unknown', active, why: `${replica.server} follows another server, without GTIDs to wait for` }
  return { kind: 'follows', active }
}

const isFollower = (replica: SideFacts, source: SideFacts): boolean =>
  'links' in replica.links && replica.links.links.some((link) => isFrom(link, source))

const identityOf = (session: CompareSession): Pick<SideFacts, 'uuid' | 'serverId' | 'gtid'> => ({
  uuid: session.capabilities.identity.uuid,
  serverId: session.capabilities.identity.serverId,
  gtid: session.capabilities.gtid !== 'off'
})

/** All links of a server, or why it does not tell them. */
export const linksOf = async (session: CompareSession): Promise<SideFacts['links']> => {
  try {
    const rows = await session.rows(statementsFor(session.capabilities).showLinks(), 10_000)
    return { links: rows.map(linkStatusOf) }
  } catch (error) {
    const failure = failureOf(error)
    if (isTransport(error)) throw error
    return { untold: failure.words ?? failure.what }
  }
}

const readOnly = async (session: CompareSession): Promise<boolean> => {
  const [row] = await session.rows(statementsFor(session.capabilities).showReadOnly(), 10_000)
  return row?.read_only === '1'
}

const isFrom = (link: LinkStatus, source: SideFacts): boolean => {
  if (link.sourceUuid && source.uuid) return link.sourceUuid.toLowerCase() === source.uuid.toLowerCase()
  return link.sourceServerId === source.serverId || link.sourceServerId === 0
}

/** Executed transactions of a server as one text. */
export const positionOf = async (session: CompareSession): Promise<string> => {
  const statements = statementsFor(session.capabilities)
  if (session.capabilities.gtid === 'off') {
    const [row] = await session.rows(statements.binlogStatus(), 10_000)
    return row ? `${row.File ?? ''}:${row.Position ?? ''}` : ''
  }
  const [row] = await session.rows(statements.position(), 10_000)
  return (row?.executed ?? '').replace(/\s+/g, '')
}

/** Waits until the passive side has applied what the active side had executed just now. */
export const catchUp = async (sessions: Sessions, active: Side): Promise<Caught> => {
  const [source, replica] = [sessions[active], sessions[otherSide(active)]]
  const position = await positionOf(source)
  if (position === '') return { kind: 'not', why: `${source.server} has no position to wait for` }
  if (source.capabilities.gtid !== replica.capabilities.gtid)
    return { kind: 'not', why: 'the two servers count their transactions differently' }
  if (source.capabilities.gtid === 'off') return await waitFor(replica, filePositionWait(replica, position), position)
  const statements = statementsFor(replica.capabilities)
  if (replica.capabilities.gtid === 'mysql') {
    const wait = statements.waitFor(position, waitSeconds)
    return await waitFor(replica, wait, position)
  }
  const [held] = await replica.rows(statements.position(), 10_000)
  const missing = outstanding(
    position,
    [held?.executed ?? '', held?.replica_pos ?? ''],
    replica.capabilities.identity.serverId
  )
  if (missing === '') return { kind: 'caught' }
  return await waitFor(replica, statements.waitFor(missing, waitSeconds), missing)
}

interface Waiting {
  statement: string
  reached(row: Record<string, string | null> | undefined): boolean
}

const filePositionWait = (replica: CompareSession, position: string): Waiting => {
  const colon = position.lastIndexOf(':')
  const [file, offset] = [position.slice(0, colon), Number(position.slice(colon + 1))]
  const call = replica.capabilities.replicaWords ? 'SOURCE_POS_WAIT' : 'MASTER_POS_WAIT'
  return {
    statement: `SELECT ${call}('${file.replaceAll("'", "''")}', ${offset}, ${waitSeconds}) AS waited`,
    reached: (row) => row?.waited !== null && row?.waited !== undefined && Number(row.waited) >= 0
  }
}

const waitFor = async (replica: CompareSession, wait: Waiting, position: string): Promise<Caught> => {
  const [row] = await replica.rows(wait.statement, (waitSeconds + 10) * 1000)
  if (wait.reached(row)) return { kind: 'caught' }
  return {
    kind: 'not',
    why: `${replica.server} did not reach ${position.slice(0, 120)} within ${waitSeconds} s`
  }
}

/** Waiting for the passive side during one table: it gives up for good when waiting turned out to be in vain. */
export interface Waiter {
  wait(): Promise<Caught>
  /** Why nothing that differs can be called drift any more; null while it can. */
  hopeless(): string | null
}

const timeoutsAllowed = 2

/** Two servers without a link are compared as they stand, so there is nothing to wait for. */
export const makeWaiter = (sessions: Sessions, following: Following): Waiter => {
  let why = following.kind === 'unknown' ? following.why : null
  let timeouts = 0
  return {
    hopeless: () => why,
    wait: async () => {
      if (why !== null) return { kind: 'not', why }
      if (following.kind === 'apart') return { kind: 'caught' }
      const caught = await catchUp(sessions, following.active)
      if (caught.kind === 'not') {
        timeouts += 1
        if (timeouts >= timeoutsAllowed) why = caught.why
      }
      return caught
    }
  }
}
